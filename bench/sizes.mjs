// Does the number of rows matter? The same requests to the same server over a small table and a large one.
import { exchange } from './exchange.mjs'
import { databaseIn } from './peers/tenfour.mjs'
import { measureRounds, ratioOf, summarise } from './rounds.mjs'
import { addRows } from './rows.mjs'
import { article, post, read } from './scenarios.mjs'
import { newFolder, startServer } from './server.mjs'

const FEW = 1000
/** So many ids are asked for in turn: more than are likely to be held in memory, where the table is large. */
const SPREAD = 100_000

const CASES = [
  { id: 'hot', title: `GET item, ${FEW} ids in turn` },
  { id: 'spread', title: 'GET item, ids of the whole table in turn' },
  { id: 'first', title: 'GET list, first page' },
  { id: 'deep', title: 'GET list, the page in the middle, by cursor' },
]

/** `{ few, many, rows: [{ id, title, few, many, ratio }] }`; the ratio is many over few. */
export async function measureSizes(peer, generator, core, many, duration, progress) {
  const small = await fill(peer, core, FEW, progress)
  const large = await fill(peer, core, many, progress)
  const cases = CASES.flatMap(({ id }) => [
    { id: `${id} few`, server: small.server, scenario: small.scenarios[id] },
    { id: `${id} many`, server: large.server, scenario: large.scenarios[id] },
  ])
  const seen = await measureRounds(generator, cases, duration, progress)
  await small.server.stop()
  await large.server.stop()
  const rows = CASES.map(({ id, title }) => {
    const [few, most] = [seen.get(`${id} few`), seen.get(`${id} many`)]
    return { id, title, few: summarise(few), many: summarise(most), ratio: ratioOf(most, few) }
  })
  return { few: FEW, many, rows }
}

async function fill(peer, core, rows, progress) {
  progress(`filling a table with ${rows.toLocaleString('en')} rows`)
  const data = newFolder()
  const empty = await startServer(peer, { core, data })
  await post(empty, article(0))
  await empty.stop()
  const ids = addRows(databaseIn(data), rows)
  const server = await startServer(peer, { core, data })
  progress(`going to the middle of ${rows.toLocaleString('en')} rows, page by page`)
  const first = peer.listTarget
  const targets = (count) =>
    Array.from({ length: count }, (_, at) => `/articles/${ids[Math.floor((at * ids.length) / count)]}`)
  return {
    server,
    scenarios: {
      hot: read(targets(FEW)),
      spread: read(shuffled(targets(Math.min(rows, SPREAD)))),
      first: read([first]),
      deep: read([await middlePage(server, first, rows)]),
    },
  }
}

/** A cursor is opaque: the only way to a deep page is from page to page. */
async function middlePage(server, first, rows) {
  let target = first
  for (let passed = 0; passed < rows / 2;) {
    const { items, next } = JSON.parse((await exchange(server.port, 'GET', target)).text)
    passed += items.length
    if (next === undefined) return target
    const url = new URL(next, `http://localhost${target}`)
    target = url.pathname + url.search
  }
  return target
}

/** The same order each time; neighbours in the table are asked for far apart. */
function shuffled(list) {
  const stride = 7919
  return list.length % stride === 0 ? list : list.map((_, at) => list[(at * stride) % list.length])
}
