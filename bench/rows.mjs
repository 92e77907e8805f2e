// Fills the product's SQLite file with articles, faster than they can be posted. The shape of a row is
// learned from one that was posted, so this knows no more of the table than that it has a title.
import { driver } from '../dist/sqlite/driver.js'

const BATCH = 20_000
const RECENT_MS = 60 * 60 * 1000

/** Adds `count` rows like one that is there, each older than the next; returns their ids, oldest first. No server may be running. */
export function addRows(path, count) {
  const database = new (driver())(path)
  try {
    // Only for filling: a file that is lost here is made again.
    database.pragma('synchronous = OFF')
    const table = articlesIn(database)
    const template = database.prepare(`SELECT * FROM ${quoted(table)}`).get()
    const { key, vary } = columnsToVary(database, table, template)
    const names = Object.keys(template)
    const insert = database.prepare(
      `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    )
    const ids = []
    const add = database.transaction((from, to) => {
      for (let at = from; at < to; at += 1) {
        const age = count - at
        const values = names.map((name) => vary.get(name)?.(template[name], age) ?? template[name])
        insert.run(values)
        ids.push(values[names.indexOf(key)])
      }
    })
    for (let from = 0; from < count; from += BATCH) add(from, Math.min(count, from + BATCH))
    database.pragma('wal_checkpoint(TRUNCATE)')
    return ids
  } finally {
    database.close()
  }
}

function articlesIn(database) {
  const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all()
  const found = tables.find((name) => {
    const columns = database.pragma(`table_info(${quoted(name)})`).map((column) => column.name)
    return columns.includes('title') && columns.includes('body')
  })
  if (found === undefined) throw new Error(`no table of ${tables.join(', ')} has a title and a body`)
  return found
}

/** The key column; and column → its value in a row that is `age` milliseconds older than the template. All others are copied. */
function columnsToVary(database, table, template) {
  const vary = new Map()
  const columns = database.pragma(`table_info(${quoted(table)})`)
  const key = columns.find(({ pk }) => pk === 1)?.name ?? 'id'
  for (const { name } of columns) {
    if (isRecent(template[name])) vary.set(name, (value, age) => value - age)
  }
  const unique = database.pragma(`index_list(${quoted(table)})`).filter((index) => index.unique === 1)
  for (const { name: index } of unique) {
    for (const { name } of database.pragma(`index_info(${quoted(index)})`)) {
      if (typeof template[name] === 'string') vary.set(name, (value, age) => `${value}-${age}`)
    }
  }
  vary.set(key, (value, age) => uuid(timeOf(value) - age, age))
  return { key, vary }
}

/** A time in milliseconds that this run may have made. */
const isRecent = (value) => typeof value === 'number' && Math.abs(Date.now() - value) < RECENT_MS

function timeOf(id) {
  if (!/^[\da-f]{8}-[\da-f]{4}-7/.test(id))
    throw new Error(`the id ${id} is no version 7 UUID: teach bench/rows.mjs its form`)
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16)
}

/** A version 7 UUID of that time (RFC 9562 §5.7): like the ids of posted rows, it sorts by age. */
function uuid(time, serial) {
  const stamp = time.toString(16).padStart(12, '0')
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-${serial.toString(16).padStart(12, '0')}`
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`
