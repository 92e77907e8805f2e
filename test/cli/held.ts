/** What a test holds of the machine, folders and processes: let go when it is over, the latest first. */
import { afterEach } from 'vitest'
import { type Env, type Folder, newFolder, type Running, serve } from './process.ts'

const HELD: (() => unknown)[] = []
afterEach(async () => {
  for (const release of HELD.splice(0).toReversed()) await release()
})

export function hold(release: () => unknown): void {
  HELD.push(release)
}

export function folder(files: Readonly<Record<string, string>> = {}): Folder {
  const made = newFolder(files)
  hold(() => made.remove())
  return made
}

/** `tenfour serve` on a free port, once it listens. */
export async function served(file: string, at: Folder, env: Env = {}, args: readonly string[] = []): Promise<Running> {
  const running = await serve(file, at, env, args)
  hold(() => {
    running.child.kill('SIGKILL')
    return running.ended()
  })
  return running
}
