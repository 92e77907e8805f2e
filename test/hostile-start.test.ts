/** An environment that is wrong, or means ill: one clear message within a second or two, and an exit code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folder, served } from './cli/held.ts'
import { type Env, NEWSROOM, run } from './cli/process.ts'

const DATABASES: readonly (readonly [title: string, url: string, code: number, says: string])[] = [
  ['a place where no folder can be made', 'file:/proc/self/a/x.db', 1, 'the folder /proc/self/a cannot be made'],
  ['a place where no file can be made', 'file:/proc/self/x.db', 1, 'the database cannot be used'],
  ['a folder', 'file:/tmp', 1, '/tmp is a folder'],
  ['a device', 'file:/dev/null', 1, '/dev/null is no file'],
  ['a device that is always full', 'file:/dev/full', 1, '/dev/full is no file'],
  ['a path through a file', 'file:/etc/passwd/x.db', 1, '/etc/passwd is a file'],
  ['a path through a device', 'file:/dev/null/a/x.db', 1, '/dev/null is a file'],
  ['a name too long', `file:/tmp/${'a'.repeat(300)}.db`, 1, 'the database cannot be used'],
  ['a path without file:', '/tmp/x.db', 2, 'DATABASE_URL=file:/tmp/x.db\n'],
  ['a path from here without file:', 'x.db', 2, 'DATABASE_URL=file:x.db\n'],
  ['another kind of database', 'mysql://x/y', 2, 'nothing answers to mysql:'],
  ['what percent-encodes nothing', 'file:./100%.db', 2, 'a % stands for itself as %25'],
]

const WRONG: readonly (readonly [title: string, env: Env, code: number, says: RegExp])[] = [
  ['PORT that is no number', { PORT: 'abc' }, 2, /^PORT: "abc" is no port\.\n\n.*\n\n {2}PORT=4011\n$/],
  ['PORT too large', { PORT: '99999' }, 2, /^PORT: "99999" is no port\./],
  ['PORT with a sign', { PORT: '-1' }, 2, /^PORT: "-1" is no port\./],
  ['HOST that is none', { PORT: '0', HOST: 'nonsense.invalid' }, 1, /^nonsense\.invalid is no address of this machine/],
  ['HOST of another machine', { PORT: '0', HOST: '192.0.2.1' }, 1, /^192\.0\.2\.1 is no address of this machine\./],
  ['NODE_ENV nearly production', { NODE_ENV: 'Production' }, 2, /^NODE_ENV: .*\n\n.*\n\n {2}NODE_ENV=production\n$/],
  ['NODE_ENV abbreviated', { NODE_ENV: 'prod' }, 2, /^NODE_ENV: "prod" is not production/],
  ['a key with a blank', { BASIC_KEY: 'a b' }, 1, /seed\.users\[0\]\.key: .*letters, digits and/],
  ['a key that ends a line', { BASIC_KEY: 'abc\n' }, 1, /seed\.users\[0\]\.key: .*letters, digits and/],
  ['an empty key', { ADMIN_KEY: '' }, 1, /seed\.users\[1\]\.key: .*letters, digits and/],
  [
    'a key of two accounts',
    { BASIC_KEY: 'ka8', ADMIN_KEY: 'ka8' },
    1,
    /^seed\.users\[1\]\.key: users\[0\] has the same key/,
  ],
]

describe('tenfour serve, with', () => {
  test.each(DATABASES)('DATABASE_URL of %s: %s ends with %d at once', async (_, url, code, says) => {
    const start = performance.now()
    const ended = await run(['serve', NEWSROOM, '--port', '0'], folder(), { DATABASE_URL: url })
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toContain(says)
    expect(ended.err).toMatch(/\n\n {2}DATABASE_URL=file:\S+\n$/)
    expect(ended.err).not.toMatch(/^ +at /m)
    expect(performance.now() - start).toBeLessThan(8_000)
  })

  test.each(WRONG)('%s: one message, and the code', async (_, env, code, says) => {
    const ended = await run(['serve', NEWSROOM], folder(), env)
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toMatch(says)
    expect(ended.err).not.toMatch(/^ +at /m)
    for (const value of [env['BASIC_KEY'], env['ADMIN_KEY']]) if (value) expect(ended.err).not.toContain(value)
  })

  test('empty variables, which are none: loopback, and a database beside', async () => {
    const at = folder()
    const running = await served(NEWSROOM, at, { HOST: '', DATABASE_URL: ' ', NODE_ENV: '', LOG: '' })
    expect(new URL(running.url).hostname).toBe('127.0.0.1')
    expect(readFileSync(join(at.path, 'data/newsroom.db')).length).toBeGreaterThan(0)
  })
})

/** As node loads what is not there, and what was built for another Node. */
const UNBUILT: readonly (readonly [title: string, hide: string])[] = [
  [
    'was never built',
    `process.dlopen = () => { throw Object.assign(new Error('no file'), { code: 'MODULE_NOT_FOUND' }) }`,
  ],
  [
    'was built for another Node',
    `process.dlopen = () => { throw Object.assign(new Error('NODE_MODULE_VERSION'), { code: 'ERR_DLOPEN_FAILED' }) }`,
  ],
  [
    'was not installed',
    `const modules = require('node:module')
     const resolved = modules._resolveFilename
     modules._resolveFilename = (name, ...rest) => resolved(/^better-sqlite3/.test(name) ? 'nowhere' : name, ...rest)`,
  ],
]

test.each(UNBUILT)('a driver that %s is named, with what to type', async (_, hide) => {
  const at = folder()
  const file = at.write('hide.cjs', hide)
  const { code, err } = await run(['serve', NEWSROOM, '--port', '0'], at, { NODE_OPTIONS: `--require ${file}` })
  expect(err).toMatch(/^better-sqlite3, which reads and writes SQLite files, has no build for Node v\d+/)
  expect(err).toContain('\n\n  npm install --include=optional\n  npm rebuild\n')
  expect(code).toBe(1)
})
