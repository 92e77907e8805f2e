// The results for people: tables of text. `met` and `missed` are said in words, never by an exit status,
// since a bench on a busy machine is no test.
import { WALK_TARGET_NS } from './walk.mjs'

const STARTUP_TARGET_MS = 500

export function reportMachine({ node, processor, cores, connections, durability }) {
  return [
    `Node ${node}, ${processor}`,
    cores === undefined
      ? 'Server and load share the cores: taskset is missing, or there is one core only. The ratios say less.'
      : `Server on core ${cores.server}, load on core ${cores.load}. ${connections} connections, one request at a time on each.`,
    `A durable write of 4 KiB (write, fsync) takes ${durability.toFixed(2)} ms on this disk.`,
  ].join('\n')
}

/** Is the load what is measured? Not while it could send twice as much, or while the servers are busy and it is not. */
export function reportCeiling({ measured, unhindered }, scenarios) {
  const rows = scenarios.flatMap((scenario) => scenario.rows.filter(({ error }) => error === undefined))
  if (rows.length === 0) return 'No server could be measured.'
  const headroom = unhindered / Math.max(...rows.map(({ rate }) => rate))
  const busiest = Math.max(...rows.map(({ loadBusy }) => loadBusy))
  const servers =
    headroom >= 2 ? 'the servers are what is measured' : 'trust a row only where the server is the busier one'
  return [
    `The load sends ${whole(measured)} requests/s to a bare TCP responder, at ${(1e6 / unhindered).toFixed(1)} µs of its core each:`,
    `at most ${whole(unhindered)}/s, ${headroom.toFixed(1)}× the fastest row below. It was never more than ${percent(busiest)} busy: ${servers}.`,
  ].join('\n')
}

/** What a table has no room for: each once. */
export function longErrors(scenarios) {
  const errors = scenarios.flatMap(({ rows }) => rows.map(({ error }) => error))
  return [...new Set(errors)].filter((error) => error?.includes('\n'))
}

export function reportScenario({ title, rows }) {
  return table(
    [title, 'requests/s', 'lowest', 'highest', 'µs CPU', 'octets', 'server busy', 'load busy', 'ours is', 'target'],
    rows.map((row) =>
      row.error === undefined
        ? [
            row.name,
            whole(row.rate),
            whole(row.lowest),
            whole(row.highest),
            number(row.cost, 1),
            whole(row.octets),
            percent(row.serverBusy),
            percent(row.loadBusy),
            times(row.ratio),
            verdict(row.target && `≥ ${row.target}×`, row.met),
          ]
        : failed(row.name, row.error),
    ),
  )
}

export const reportMemory = (rows) =>
  table(
    ['Peak memory', 'MiB after reads', 'MiB after writes'],
    rows.map(({ name, afterReads, afterWrites }) => [name, number(afterReads, 0), number(afterWrites, 0)]),
  )

export const reportStartup = (rows) =>
  table(
    ['From start to first answer', 'first start, ms', 'again, ms', 'target'],
    rows.map(({ peer, name, first, again, error }) =>
      error === undefined
        ? [
            name,
            number(first, 0),
            number(again, 0),
            peer === 'tenfour' ? verdict(`≤ ${STARTUP_TARGET_MS} ms`, Math.max(first, again) <= STARTUP_TARGET_MS) : '',
          ]
        : failed(name, error),
    ),
  )

export const reportSizes = ({ few, many, rows }) =>
  table(
    ['Rows in the table', `${whole(few)}`, `${whole(many)}`, 'large is'],
    rows.map(({ title, few: small, many: large, ratio }) =>
      (small.error ?? large.error) === undefined
        ? [title, `${whole(small.rate)}/s`, `${whole(large.rate)}/s`, times(ratio)]
        : failed(title, small.error ?? large.error),
    ),
  )

export function reportWalk({ rows, missing }) {
  if (missing !== undefined) return `The decision walk: not measured, ${missing} is missing.`
  return table(
    ['The decision walk alone, trace on', 'status', 'ns', 'fastest', 'target'],
    rows.map(({ title, status, nanoseconds, fastest }) => [
      title,
      String(status),
      number(nanoseconds, 0),
      number(fastest, 0),
      verdict(`< ${WALK_TARGET_NS} ns`, nanoseconds < WALK_TARGET_NS),
    ]),
  )
}

export function reportClients({ rows, missing }) {
  if (missing !== undefined) return `The clients: not measured, ${missing} is missing.`
  const cells = (measured) =>
    measured === undefined
      ? ['–', '–', '']
      : [
          number(measured.microseconds, 0),
          times(measured.ratio),
          verdict(measured.target && `≥ ${measured.target}×`, measured.met),
        ]
  return table(
    ['GET JSON with a client', 'network, µs', 'of fetch', 'target', 'fresh copy, µs', 'of fetch', 'target'],
    rows.map(({ name, uncached, cached }) => [name, ...cells(uncached), ...cells(cached)]),
  )
}

/** First column to the left, the others to the right. */
function table(head, rows) {
  const lines = [head, ...rows]
  const widths = head.map((_, column) =>
    Math.max(...lines.filter((line) => line.length === head.length).map((line) => line[column].length)),
  )
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column] ?? 0))
  const [title, ...body] = lines.map((line) => line.map(pad).join('   ').trimEnd())
  return [title, '─'.repeat(title.length), ...body].join('\n')
}

const failed = (name, error) => [name, `failed: ${error.split('\n')[0]}`]
const whole = (value) => Math.round(value).toLocaleString('en')
const number = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–')
const percent = (value) => (Number.isFinite(value) ? `${Math.round(value * 100)} %` : '–')
const times = (ratio) => (ratio === undefined ? '–' : `${ratio.toFixed(2)}×`)

function verdict(target, met) {
  if (!target) return ''
  return met === undefined ? target : `${target} ${met ? 'met' : 'missed'}`
}
