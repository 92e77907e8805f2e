/** The client in a browser, in Bun, Deno and workerd, and in Node: the same cases, by the same assertions. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Newsroom, startNewsroom } from '../client/newsroom.ts'
import { INSTALLING } from './installed.ts'
import { RUNTIMES } from './launch.ts'
import { type Scripts, startScripts } from './scripts.ts'
import { CASES, type Results } from './suite.ts'

let folder: string
let room: Newsroom
let scripts: Scripts
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenfour-runtimes-'))
  room = await startNewsroom()
  scripts = await startScripts()
})
afterAll(async () => {
  scripts.stop()
  await room.stop()
  rmSync(folder, { recursive: true })
})

describe.each(Object.entries(RUNTIMES))('%s', (name, launch) => {
  let results: Results = {}
  beforeAll(async () => {
    results = await launch(join(folder, name), {
      newsroom: room.url,
      key: room.key.basic,
      scripted: `http://127.0.0.1:${scripts.port}/${name}`,
      elsewhere: `http://localhost:${scripts.port}/${name}`,
      followsByItself: false,
    })
  }, INSTALLING)

  test.each(Object.keys(CASES))('%s', (of) => expect(results[of]).toBeNull())
})
