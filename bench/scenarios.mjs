// The four things that are measured, as requests made ready beforehand, and the articles they are about.
import { exchange } from './exchange.mjs'
import { KEY } from './server.mjs'

/** How many articles are there when reading is measured; each is asked for in turn. */
const ARTICLES = 1000
const PAGE = 50
const AT_ONCE = 25
const BODY_LENGTH = 400

export const SCENARIOS = [
  { id: 'item', title: 'GET item → 200' },
  { id: 'unchanged', title: 'GET item, If-None-Match → 304' },
  { id: 'list', title: `GET list, a page of ${PAGE} → 200` },
  { id: 'create', title: 'POST → 201', writes: true },
]

/** The fields a small client sends. */
const FIELDS = { Host: '127.0.0.1', 'User-Agent': 'bench', Accept: '*/*' }
const WRITE_FIELDS = { ...FIELDS, Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' }

/** Posts the articles, checks that the server does the same work as the others, and makes the requests. */
export async function prepare(server) {
  const targets = []
  for (let at = 0; at < ARTICLES; at += AT_ONCE) {
    const created = Array.from({ length: AT_ONCE }, (_, offset) => post(server, article(at + offset)))
    for (const { fields } of await Promise.all(created))
      targets.push(new URL(fields.location, 'http://localhost').pathname)
  }
  const tags = []
  for (const target of targets) tags.push((await exchange(server.port, 'GET', target, FIELDS)).fields.etag)
  const list = server.peer.listTarget
  await agree(server, targets[0], tags[0], list)
  return {
    item: read(targets),
    unchanged: {
      requests: targets.map((target, at) => message('GET', target, { ...FIELDS, 'If-None-Match': tags[at] })),
      status: 304,
    },
    list: read([list]),
    create: {
      requests: Array.from({ length: 100 }, (_, at) => {
        const content = JSON.stringify(article(at))
        return message('POST', '/articles', { ...WRITE_FIELDS, 'Content-Length': content.length }, content)
      }),
      status: 201,
    },
  }
}

/** Reads of these targets in turn. */
export const read = (targets) => ({ requests: targets.map((target) => message('GET', target, FIELDS)), status: 200 })

/** Content of the length that articles have here: ASCII, about 450 octets. */
export const article = (number) => ({
  title: `Article ${String(number).padStart(7, '0')}: what happened today`,
  body: `Paragraph ${number}. ${'All the news that is fit to print, and some that is not. '.repeat(8)}`.slice(
    0,
    BODY_LENGTH,
  ),
})

export async function post(server, content) {
  const response = await exchange(server.port, 'POST', '/articles', WRITE_FIELDS, JSON.stringify(content))
  expect(server, response.status === 201, `POST is answered ${response.status}: ${response.text}`)
  return response
}

/** Doing less is no merit: every server must show the work before it is measured. */
async function agree(server, target, tag, list) {
  const get = (path, fields) => exchange(server.port, 'GET', path, { ...FIELDS, ...fields })
  const send = (fields, content) => exchange(server.port, 'POST', '/articles', fields, JSON.stringify(content))

  const { fields, text } = await get(target)
  expect(server, /^"[^"]+"$/.test(tag ?? ''), `an item has a strong ETag, not ${tag}`)
  expect(server, !Number.isNaN(Date.parse(fields['last-modified'])), 'an item has Last-Modified')
  expect(server, JSON.parse(text).body?.length === BODY_LENGTH, 'an item has its body')
  const unchanged = await get(target, { 'If-None-Match': tag })
  expect(server, unchanged.status === 304 && unchanged.text === '', 'the current ETag gives 304 without content')

  const first = JSON.parse((await get(list)).text)
  expect(server, first.items?.length === PAGE, `a page has ${PAGE} items, not ${first.items?.length}`)
  expect(server, first.items[0].body?.length === BODY_LENGTH, 'a page has whole items')
  expect(server, typeof first.next === 'string', 'a page links to the next one')

  const created = await send(WRITE_FIELDS, article(0))
  expect(server, created.status === 201 && created.fields.location && created.fields.etag, '201 has Location and ETag')
  const invalid = await send(WRITE_FIELDS, { title: '', text: 'no such member' })
  expect(server, invalid.status === 400, `wrong content gives 400, not ${invalid.status}`)
  const wrongKey = await send({ ...WRITE_FIELDS, Authorization: 'Bearer wrong' }, article(0))
  expect(server, wrongKey.status === 401, `a wrong key gives 401, not ${wrongKey.status}`)
}

function expect({ peer }, holds, what) {
  if (!holds) throw new Error(`${peer.name} does not do the same work: ${what}`)
}

function message(method, target, fields, content = '') {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${content}`)
}
