/** Content without an end, as a stream of the platform. */
import type { Stream } from '../operation.ts'
import { UNREAD } from './unread.ts'

/** Who reads too slowly is let go, so that nothing piles up. */
export function readable(stream: Stream): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = (): void => {}
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stop = stream({
          send(text) {
            if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(encoder.encode(text))
            controller.error(new Error('the reader is too slow'))
            stop()
          },
          end() {
            controller.close()
            stop()
          },
        })
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: UNREAD }),
  )
}
