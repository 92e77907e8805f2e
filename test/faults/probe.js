/** Loaded into a server before it starts: answers its parent when it asks how things are inside. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

process.on('message', () => {
  const held = delay.max / 1e6
  globalThis.gc?.()
  delay.reset()
  process.send?.({ held, heap: process.memoryUsage().heapUsed })
})
// A server that has stopped must end by itself.
process.channel?.unref()
