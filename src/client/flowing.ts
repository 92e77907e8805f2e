/**
 * The same response around content of which the first was read already: that, then the rest as it comes. `over`: once
 * there is no more, however it ended. It keeps hold of the response: in Deno an abort no longer reaches the content of
 * one that was collected.
 */
import { responseOf } from './message.ts'

export function flowing(response: Response, over: () => void = () => undefined) {
  return (chunks: readonly Uint8Array<ArrayBuffer>[], reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) => {
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => chunks.forEach((chunk) => controller.enqueue(chunk)),
      async pull(controller) {
        const read = reader.read()
        read.catch(over)
        const { done, value } = await read
        if (!done) return controller.enqueue(value)
        over()
        controller.close()
      },
      cancel(reason) {
        over()
        return reader.cancel(reason)
      },
    })
    return responseOf(stream, response)
  }
}
