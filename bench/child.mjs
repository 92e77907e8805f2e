// Every process the bench starts, and the one way all of them end: also on Ctrl-C, also after an error.
import { spawn } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { once } from 'node:events'

const GRACE_MS = 5000
const running = new Set()

// Beside the bench rather than in the system's folder for temporary files: that one is often memory,
// where making a write durable costs nothing.
const data = fileURLToPath(new URL('data/', import.meta.url))
mkdirSync(data, { recursive: true })

/** A folder of this run, removed at its end. */
export const folder = mkdtempSync(data)

export function start([command, ...args], options) {
  const child = spawn(command, args, options)
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  await ended
  clearTimeout(late)
}

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => process.exit(code))
}
