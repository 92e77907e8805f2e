// Draws the whole graph: every question, phase by phase, with the statuses that its answers lead to.
// `node scripts/draw-graph.mjs` writes docs/decisions.svg anew from the table; a test compares.
import { writeFileSync } from 'node:fs'
import { DECISIONS, ENTRY, FAULT_ENTRY, statusRow } from '../dist/rules/index.js'
import { escape } from './draw.mjs'

const COLUMNS = 5
const COLUMN = 252
const ROW = 24
const TOP = 20
const LANE = 10

/** Colours stand in the elements, since a policy may forbid styles; what is dark is said beside. */
const INK = '#1f2328'
const FAINT = '#6e7781'
const CLASS = {
  interim: { name: 'interim', ink: '#57606a' },
  success: { name: 'good', ink: '#166534' },
  redirection: { name: 'on', ink: '#1d4ed8' },
  clientError: { name: 'bad', ink: '#9a3412' },
  serverError: { name: 'worse', ink: '#9f1239' },
}

const LEGEND = `A request comes in at ${ENTRY}, what is thrown at ${FAULT_ENTRY}; beside a question the answer that ends it. Dotted: passed by where nothing is declared. Large: somebody is asked.`

export function drawGraph() {
  const columns = flow(lines())
  const place = placesIn(columns)
  const height = TOP * 2 + (Math.max(...columns.map(({ length }) => length)) + 1) * ROW
  const width = COLUMNS * COLUMN
  const drawn = columns.flatMap((column) =>
    column.map((line) => (line.id === undefined ? heading(line, place) : row(line, place))),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui,sans-serif" font-size="12" role="img" aria-label="Every question between a request and its status, phase by phase">
<style>
@media (prefers-color-scheme:dark){.back{fill:#0d1117}.ink{fill:#e6edf3}.faint{fill:#8b949e}.line{stroke:#6e7681}.good{fill:#86efac}.on{fill:#93c5fd}.bad{fill:#fdba74}.worse{fill:#fda4af}.interim{fill:#b1bac4}}
</style>
<rect class="back" width="${width}" height="${height}" rx="8" fill="#ffffff"/>
${drawn.join('\n')}
<text class="faint" x="52" y="${height - TOP + 2}" fill="${FAINT}" font-size="11">${escape(LEGEND)}</text>
</svg>
`
}

/** A heading for each phase, then its questions. */
function lines() {
  let before
  return Object.entries(DECISIONS).flatMap(([id, node]) => {
    const head = node.phase === before ? [] : [{ phase: node.phase, key: `phase ${node.phase}` }]
    before = node.phase
    return [...head, { id, key: id, node }]
  })
}

/** From column to column; a heading is never the last of one. */
function flow(all) {
  const most = Math.ceil(all.length / COLUMNS)
  const columns = [[]]
  for (const [at, line] of all.entries()) {
    const column = columns.at(-1)
    const alone = line.id === undefined && column.length + 1 >= most
    if ((column.length >= most || alone) && columns.length < COLUMNS && at > 0) columns.push([line])
    else column.push(line)
  }
  return columns
}

function placesIn(columns) {
  return new Map(
    columns.flatMap((column, across) =>
      column.map(({ key }, at) => [key, { across, x: across * COLUMN + 52, y: TOP + at * ROW + 16 }]),
    ),
  )
}

function heading({ phase, key }, place) {
  const { x, y } = place.get(key)
  return `<text class="faint" x="${x + 10}" y="${y}" fill="${FAINT}" font-size="10" letter-spacing="1">${phase.toUpperCase()}</text>`
}

function row({ id, node }, place) {
  const { x, y, across } = place.get(id)
  const ends = edges(node).map(([answer, to]) => ({
    answer,
    to,
    at: typeof to === 'number' ? undefined : place.get(to),
  }))
  const near = ends.filter(({ at }) => at?.across === across && at.y > y)
  const next = follower(id)
  const far = ends.filter(({ at, to }) => at === undefined || (at.across !== across && to !== next))
  const ways = [...new Set(near.map(({ to }) => to))].map((to) =>
    to === next ? down(x, y, place.get(to).y) : arc(x, y, place.get(to).y),
  )
  // Where it is not asked the way goes on, dotted unless an answer goes there as well.
  const below = place.get(next)
  const passed = below?.across === across && node.without === next && !near.some(({ to }) => to === next)
  return (
    `<g><title>${escape(`${node.ask} (${node.rfc})`)}</title>${ways.join('')}${passed ? down(x, y, below.y, DOTTED) : ''}` +
    `<circle class="ink" cx="${x}" cy="${y - 4}" r="${'awaits' in node ? 4.5 : 3}" fill="${INK}"/>` +
    `<text class="ink" x="${x + 10}" y="${y}" fill="${INK}">${id}${chips(far)}</text></g>`
  )
}

const IDS = Object.keys(DECISIONS)
const follower = (id) => IDS[IDS.indexOf(id) + 1]

function edges(node) {
  const own =
    'answers' in node
      ? [
          ['yes', node.answers.yes],
          ['no', node.answers.no],
        ]
      : 'gives' in node
        ? [['', node.gives]]
        : [...('interim' in node ? [['', node.interim]] : []), ['then', node.next]]
  return node.absent === undefined ? own : [...own, ['absent', node.absent]]
}

/** What the answers lead to that is not further down: a status, or a question in another column. */
function chips(ends) {
  return ends
    .filter(({ answer, to }) => typeof to === 'number' || answer === 'no' || answer === 'yes')
    .map(({ answer, to }) => {
      const words = answer === '' ? '' : `<tspan class="faint" dx="7" fill="${FAINT}" font-size="10">${answer}</tspan>`
      if (typeof to !== 'number')
        return `${words}<tspan class="faint" dx="3" fill="${FAINT}" font-size="10">→ ${to}</tspan>`
      const { name, ink } = CLASS[statusRow(to).class]
      return `${words}<tspan class="${name}" dx="${answer === '' ? 7 : 3}" fill="${ink}" font-weight="600">${to}</tspan>`
    })
    .join('')
}

const DOTTED = ' stroke-dasharray="1 4"'

function down(x, from, to, style = '') {
  return `<line class="line" x1="${x}" y1="${from - 4}" x2="${x}" y2="${to - 4}" stroke="#8c959f" stroke-width="1.2"${style}/>`
}

/** The longer the way, the further out; the ways of one column stay apart. */
function arc(x, from, to) {
  const out = x - LANE * Math.min(4, 1 + Math.floor((to - from) / (ROW * 2.5)))
  return `<path class="line" d="M${x} ${from - 4}C${out} ${from + 4} ${out} ${to - 12} ${x} ${to - 4}" fill="none" stroke="#8c959f" stroke-width="1.2"/>`
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('../docs/decisions.svg', import.meta.url), drawGraph())
}
