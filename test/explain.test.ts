/** `tenfour explain`, as a process: what is typed, what is pasted, and what a running server has kept. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STATUS_CODES } from '../src/rules/index.ts'
import { type Folder, newFolder, NEWSROOM, run, type Running, serve } from './cli/process.ts'
import { send } from './wire.ts'

let folder: Folder
let server: Running
beforeAll(async () => {
  folder = newFolder()
  server = await serve(NEWSROOM, folder, { BASIC_KEY: 'basic-key', ADMIN_KEY: 'admin-key' })
})
afterAll(async () => {
  await server.stop()
  folder.remove()
})

const explain = (...words: string[]) => run(['explain', ...words], folder)
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

const TABLES_OF_CODES = ['rules/prose.js', 'rules/status.js', 'rules/words.js']

/** What a run of the command has loaded: files, and what the packer says was put into them. */
async function loadedBy(...words: string[]): Promise<{ files: readonly string[]; modules: readonly string[] }> {
  const coverage = mkdtempSync(join(tmpdir(), 'tenfour-loaded-'))
  await run(words, folder, { NODE_V8_COVERAGE: coverage })
  const [file = ''] = readdirSync(coverage)
  const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: readonly { url: string }[] }
  rmSync(coverage, { recursive: true })
  const files = result.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url))
  const packed = files.flatMap((one) => [...readFileSync(one, 'utf8').matchAll(/^\/\/ dist\/(\S+)$/gm)])
  return { files, modules: packed.map(([, name = '']) => name).toSorted() }
}

describe('L16 a code', () => {
  it('fits eighty columns, whichever it is', async () => {
    const { out } = await explain(...STATUS_CODES.map(String), '499', '599')
    expect(widest(out)).toBeLessThanOrEqual(80)
  })

  it.each<readonly [string, readonly string[], readonly number[]]>([
    ['its phrase', ['not found'], [404]],
    ['part of a phrase', ['gateway'], [502, 504]],
    ['words that are not quoted', ['too', 'many', 'requests'], [429]],
    ['words of its prose', ['gone for good'], [410]],
  ])('is found by %s', async (_, words, codes) => {
    const { out } = await explain('--json', ...words)
    const { statuses } = JSON.parse(out) as { statuses: readonly { code: number }[] }
    expect(statuses.map((status) => status.code)).toEqual(codes)
  })

  it('that no cache stores says so (RFC 9111 §3, RFC 6585 §7.1)', async () => {
    const { out } = await explain('103', '200', '304', '409', '429')
    const said = [...out.matchAll(/^ {2}cached +(.+)$/gm)].map(([, how]) => how)
    expect(said).toEqual(['never', 'unless its fields forbid it', 'never', 'only if its fields allow it', 'never'])
  })

  it('is JSON for programs, with the pair', async () => {
    const { out } = await explain('--json', '401', '403', '499')
    expect(JSON.parse(out)).toMatchObject({
      statuses: [
        {
          code: 401,
          registered: true,
          phrase: 'Unauthorized',
          must: ['WWW-Authenticate'],
          meaning: expect.any(String),
        },
        { code: 403 },
        { code: 499, registered: false, phrase: 'Bad Request' },
      ],
      pairs: [{ codes: [401, 403] }],
    })
  })

  it('is coloured on a terminal alone, and not there if NO_COLOR says so', async () => {
    expect((await explain('404')).out).not.toContain('\u001B')
    const coloured = await run(['explain', '404'], folder, { FORCE_COLOR: '1' })
    expect(coloured.out).toContain('\u001B[33m404 Not Found\u001B[0m')
  })

  it('is explained with the tables of codes alone: no other part of us is loaded, and no package', async () => {
    const { files, modules } = await loadedBy('explain', '409')
    expect(files.filter((file) => file.includes('node_modules'))).toEqual([])
    expect(modules.filter((name) => !name.startsWith('cli/'))).toEqual(TABLES_OF_CODES)
    expect(files.length).toBeLessThan(10)
  })

  it('and an exchange with no more of the rules than its words', async () => {
    const { modules } = await loadedBy('explain', 'zzzzz-9', '--url', server.url)
    expect(modules.filter((name) => !name.startsWith('cli/'))).toEqual(
      [...TABLES_OF_CODES, 'rules/phrase.js', 'rules/search.js'].toSorted(),
    )
  })
})

describe('a pasted response', () => {
  const paste = (text: string, ...words: string[]) => run(['explain', '-', ...words], folder, {}, text)

  it('is explained, and what it lacks is named: the exit code is 1', async () => {
    const { code, out } = await paste('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
    expect(code).toBe(1)
    expect(out).toMatch(/^401 Unauthorized {2}\(RFC 9110 §15\.5\.2\)\n {2}means/)
    expect(out).toContain('✗ WWW-Authenticate is missing: every 401 carries it. (RFC 9110 §15.5.2)')
  })

  it.each<readonly [string, string, number]>([
    ['that lacks nothing', 'HTTP/1.1 200 OK\n\n', 0],
    ['that lacks what there may be a reason for', 'HTTP/1.1 201 Created\n\n{}', 0],
    ['that lacks what it must have', 'HTTP/1.1 405 X\n\n', 1],
  ])('%s: the exit code', async (_, text, code) => {
    expect((await paste(text)).code).toBe(code)
    expect((await paste(text, '--json')).code).toBe(code)
  })

  it.each(['-v', '-sv', '-siv', '-si'])('may be what curl %s says on both of its streams', async (how) => {
    const said = execFileSync('sh', ['-c', `curl ${how} ${server.url}/articles -d '{"a":1}' 2>&1`], {
      encoding: 'utf8',
    })
    const { code, out } = await paste(said)
    expect([code, out.split('\n').at(-2)]).toEqual([0, 'Nothing is wrong with it, as far as can be seen.'])
    expect(out).toMatch(/^401 Unauthorized/)
  })

  it('of this very server lacks nothing', async () => {
    for (const path of ['/', '/articles', '/nowhere', '/session']) {
      const { status, phrase, lines, content } = await send(server.port, 'GET', path)
      const text = [`HTTP/1.1 ${status} ${phrase}`, ...lines.map(([name, value]) => `${name}: ${value}`), '', content]
      expect((await paste(text.join('\r\n'))).out).toContain('Nothing is wrong with it, as far as can be seen.')
    }
  })

  it('is JSON for programs', async () => {
    expect(JSON.parse((await paste('HTTP/1.1 405 X\n\n', '--json')).out)).toMatchObject({
      status: 405,
      faults: [{ level: 'must', rfc: '9110 §15.5.6' }],
      statuses: [{ code: 405 }],
    })
  })

  it('of two megabytes is read as well', async () => {
    const { code, out } = await paste(`HTTP/1.1 200 OK\n\n${'x'.repeat(2_000_000)}`)
    expect([code, out.length < 5_000]).toEqual([0, true])
  })

  it('cannot move the cursor', async () => {
    const { out } = await paste('HTTP/1.1 401 \u001B[2J\nWWW-Authenticate: \u001B[2J\n\n\u001B[2J')
    expect(out).not.toContain('\u001B')
  })
})

describe('L16 an exchange with a running server', () => {
  let reference: string
  beforeAll(async () => {
    const made = await send(server.port, 'POST', '/articles', { as: 'admin-key', content: { title: 'A', body: 'B' } })
    const { fields } = await send(server.port, 'DELETE', made.fields['location'] ?? '', { as: 'basic-key' })
    reference = fields['request-id'] ?? ''
  })

  it.each([
    ['its reference', () => [reference, '--url', server.url]],
    ['the link that the log has', () => [`${server.url}/.tenfour/x/${reference}`]],
    ['the link of the page', () => [`${server.url}/.tenfour/#/x/${reference}`]],
  ])('is explained by %s', async (_, words) => {
    const { code, out } = await explain(...words())
    expect(code).toBe(0)
    expect(out).toMatch(/^403 Forbidden {2}DELETE \/articles\//)
    expect(out).toContain('basic is neither owner nor admin')
    expect(out).toContain('Why not 204?')
    expect(out.replace(/\s+/g, ' ')).toContain('if the caller were the owner of the item or in the role admin.')
    expect(out).toContain('articles.allow.delete: owner or admin')
    expect(widest(out)).toBeLessThanOrEqual(80)
  })

  it('is looked for at the PORT of the environment', async () => {
    const env = { PORT: String(server.port) }
    expect((await run(['explain', reference], folder, env)).out).toMatch(/^403 Forbidden/)
    expect(await run(['explain', reference], folder, { PORT: 'x' })).toMatchObject({ code: 2, out: '' })
  })

  it('is JSON for programs', async () => {
    const { out } = await explain(reference, '--url', server.url, '--json')
    expect(JSON.parse(out)).toMatchObject({ status: 403, whyNot: { decision: 'itemAllowed', instead: [204] } })
  })

  it('says how long it waited', async () => {
    const { fields } = await send(server.port, 'POST', '/articles', {
      as: 'basic-key',
      content: { title: 'A', body: 'B' },
    })
    const { out } = await explain(fields['request-id'] ?? '', '--url', server.url)
    expect(out).toMatch(/What comes of it\? {2}[\d.]+ ms/)
    expect(out).not.toContain('Why not')
  })
})

describe('what cannot be explained', () => {
  it.each<readonly [string, readonly string[], string, number, RegExp]>([
    ['nothing', [], '', 2, /^Explain what\?\n\nType a code/],
    ['no code', ['4O4'], '', 2, /^"4O4" is no status code\./],
    ['a word beside a code', ['404', 'banana'], '', 2, /^"banana" is no status code\.\n\nType codes alone/],
    [
      'codes without blanks',
      ['404,409'],
      '',
      2,
      /^"404,409" .*\n\nLeave blanks .*\n\n {2}npx tenfour explain 404 409\n$/,
    ],
    ['a code of two digits beside one of three', ['404', '99'], '', 2, /^"99" is no status code\./],
    ['a code of two digits', ['99'], '', 2, /^"99" is no status code\./],
    ['words that no code has', ['purple elephants'], '', 2, /^No code says "purple elephants"\./],
    ['text that is no response', ['-'], 'hello', 2, /^This is no response: it does not begin with a status line\./],
    ['no text', ['-'], '', 2, /^This is no response/],
    ['text without an end', ['-'], 'HTTP/1.1 200 OK\n\n'.padEnd(17 * 2 ** 20, 'x'), 2, /^More than 16 MB came in\./],
    ['an address that is none', ['ab12c-9', '--url', 'nowhere'], '', 2, /^"nowhere" is no address of a server\./],
    [
      'a server that does not run',
      ['ab12c-9', '--url', 'http://127.0.0.1:1'],
      '',
      1,
      /^No server answers at http:\/\/127\.0\.0\.1:1\.\n\n.*\n\n.*\n {2}npx .* --url http:\/\/127\.0\.0\.1:PORT\n$/,
    ],
  ])('%s', async (_, words, input, code, says) => {
    const ended = await run(['explain', ...words], folder, {}, input)
    expect([ended.code, ended.out]).toEqual([code, ''])
    expect(ended.err).toMatch(says)
  })

  it('an exchange that has left the ring', async () => {
    const { code, err } = await explain('zzzzz-9', '--url', server.url)
    expect([code, err]).toEqual([1, expect.stringMatching(/^The server has nothing under http:.*last two hundred/s)])
  })

  it('what another kind of server answers', async () => {
    const other = createServer((_, response) => response.end('{"hello":1}'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { code, err } = await explain('ab12c-9', '--url', `http://127.0.0.1:${port}`)
    other.close()
    expect([code, err]).toEqual([1, expect.stringMatching(/^The server has nothing under/)])
  })
})
