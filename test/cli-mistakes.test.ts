/** What a newcomer gets wrong in a folder of their own: what it was, where, and what to type next. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { folder, served } from './cli/held.ts'
import { NEWSROOM, run } from './cli/process.ts'
import { send } from './wire.ts'

const API = `import { collection, defineApi } from 'tenfour'
import { z } from 'zod'
export default defineApi({ notes: collection({ text: z.string() }, { allow: { list: 'anyone' } }) })
`

describe('a name that is nearly one', () => {
  const TYPED: readonly (readonly [what: string, args: readonly string[], code: number, says: string])[] = [
    ['an option of two words', ['serve', '--no-wach'], 2, "Unknown option '--no-wach'. Did you mean --no-watch?\n\n"],
    ['a command to be helped with', ['help', 'serv'], 2, 'tenfour has no command "serv". Did you mean serve?\n\n'],
  ]
  test.each(TYPED)('%s', async (_, args, code, says) => {
    const ended = await run(args, folder({ 'api.ts': API }))
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err.slice(0, says.length)).toBe(says)
  })

  const IMPORTED: readonly (readonly [what: string, from: string, to: string, says: string])[] = [
    [
      'a package',
      "'tenfour'",
      "'tenfuor'",
      'api.ts:1:39: the package tenfuor is not installed. Did you mean tenfour?\n',
    ],
    ['a path of a package', "'tenfour'", "'tenfour/sever'", 'api.ts:1:39: there is no tenfour/sever\n'],
  ]
  test.each(IMPORTED)('%s', async (_, from, to, says) => {
    const { code, err } = await run(['serve'], folder({ 'api.ts': API.replaceAll(from, to) }))
    expect([code, err.slice(0, says.length)]).toEqual([1, says])
    expect(err).not.toContain('npm install')
    expect(err).not.toMatch(/^ +at /m)
  })
})

describe('a file', () => {
  it('that is a folder is none', async () => {
    const at = folder({ 'api/index.ts': API })
    expect(await run(['serve', 'api'], at)).toMatchObject({
      code: 1,
      err: 'There is no file api.\n\nName it:\n\n  npx tenfour serve path/to/api.ts\n',
    })
  })

  it('may import the client as well', async () => {
    const source = `import { createClient } from 'tenfour/client'\nimport { sqliteCache } from 'tenfour/client/sqlite'\nconsole.log(typeof createClient, typeof sqliteCache)\n${API}`
    const { code, out } = await run(['openapi'], folder({ 'api.ts': source }))
    expect([code, out.split('\n')[0]]).toEqual([0, 'function function'])
  })

  it('that cannot be written is told in a sentence', async () => {
    const { code, err } = await run(['openapi', NEWSROOM, '--out', 'none/openapi.json'], folder())
    expect([code, err]).toEqual([
      1,
      'none/openapi.json cannot be written: ENOENT: no such file or directory\n\nName another:\n\n  npx tenfour openapi --out openapi.json\n',
    ])
  })
})

it('a password as a member is told how it is given', async () => {
  const { code, err } = await run(['user', 'add', NEWSROOM, '--set', 'password=correct horse'], folder())
  expect(code).toBe(2)
  expect(err).toMatch(/^A password is not given as an argument: .*\n\n.*\n\n.* --password - < password\.txt\n$/)
})

it('packages that cannot be written to (another user’s, an image’s) are served from all the same', async () => {
  const at = folder({ 'api.ts': API })
  // No folder can be made below a file, whoever asks: the root of a container is refused by no permission.
  at.write('node_modules/.cache', '')
  mkdirSync(join(at.path, 'data'))
  const running = await served('api.ts', at)
  expect((await send(running.port, 'GET', '/notes')).status).toBe(200)
  at.write('api.ts', API.replace('list:', 'read:'))
  await running.says(/Loaded again\./)
  expect((await send(running.port, 'GET', '/notes')).status).toBe(405)
  expect(await running.stop()).toMatchObject({ code: 0 })
})
