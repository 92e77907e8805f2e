/** Another process that holds the lock of a database. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { DRIVER } from '../../src/store/processes.test-helper.ts'

export interface Lock {
  /** Ends the process that holds it. */
  release(): Promise<void>
}

const HOLD = {
  IMMEDIATE: 'BEGIN IMMEDIATE',
  EXCLUSIVE: 'BEGIN EXCLUSIVE',
  /** Readers too are kept out, until the connection is closed. */
  'FOR GOOD': 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT',
} as const

export async function holdLock(path: string, kind: keyof typeof HOLD): Promise<Lock> {
  const source = `
    import { driver } from ${JSON.stringify(DRIVER)}
    // Collected, it would let go.
    globalThis.held = new (driver())(process.argv[1])
    held.exec(process.argv[2])
    console.log('held')
    process.stdin.resume()`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', source, path, HOLD[kind]], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(holder, 'exit')
  await Promise.race([once(holder.stdout, 'data'), ended])
  if (holder.exitCode !== null) throw new Error('the lock could not be had')
  return {
    async release() {
      holder.kill('SIGKILL')
      await ended
    },
  }
}
