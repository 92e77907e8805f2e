/** Files that go while they are served in development: what was loaded last goes on, and it is said once. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { folder, served } from './cli/held.ts'
import type { Folder, Running } from './cli/process.ts'
import { send } from './wire.ts'

const API = (list: string) => `
import { collection, defineApi } from 'tenfour'
import { z } from 'zod'
export default defineApi({ notes: collection({ text: z.string() }, { allow: { list: ${list}, create: 'anyone' } }) })
`

async function notesServed(name: string): Promise<{ at: Folder; running: Running; listed: () => Promise<number> }> {
  const at = folder({ [name]: API("'anyone'") })
  const running = await served(name, at)
  return { at, running, listed: async () => (await send(running.port, 'GET', '/notes')).status }
}

const times = (text: string, word: string): number => text.split(word).length - 1

test('the file is removed and comes back', { timeout: 60_000 }, async () => {
  const { at, running, listed } = await notesServed('api.ts')
  const file = join(at.path, 'api.ts')
  rmSync(file)
  await running.says(/The API of before goes on\./)
  expect(await listed()).toBe(200)
  for (let time = 0; time < 3; time++) {
    writeFileSync(file, '')
    rmSync(file)
    await sleep(200)
  }
  expect(times(running.err, 'The API of before goes on.')).toBe(1)
  expect(running.err).not.toMatch(/^ +at /m)
  writeFileSync(file, API('undefined'))
  await running.says(/Loaded again\./)
  expect(await listed()).toBe(405)
  expect(await running.stop()).toEqual({ code: 0, signal: null })
})

test('its folder is removed with all above it, and another comes in its place', { timeout: 60_000 }, async () => {
  const { at, running, listed } = await notesServed('app/src/api.ts')
  rmSync(join(at.path, 'app'), { recursive: true })
  await running.says(/The API of before goes on\./)
  expect(await listed()).toBe(200)
  await sleep(200)
  mkdirSync(join(at.path, 'app/src'), { recursive: true })
  writeFileSync(join(at.path, 'app/src/api.ts'), API('undefined'))
  await running.says(/Loaded again\./)
  expect(await listed()).toBe(405)
  writeFileSync(join(at.path, 'app/src/api.ts'), API("'anyone'"))
  await running.says(/Loaded again\.[^]*Loaded again\./)
  expect(await listed()).toBe(200)
  expect(await running.stop()).toEqual({ code: 0, signal: null })
})
