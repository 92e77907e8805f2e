// Draws the plan of an operation as a ladder: the question on the left, down to the next one, the status on the right.
// `node scripts/draw.mjs` writes docs/delete-article.svg anew from the tables; a test compares.
import { writeFileSync } from 'node:fs'
import { DECISIONS, specialise, statusRow } from '../dist/rules/index.js'

/** What the newsroom declares of this operation. */
export const FACTS = [
  'accounts',
  'store',
  'unavailable',
  'guarded',
  'item',
  'mustExist',
  'itemRule',
  'selects',
  'modified',
  'represented',
  'performs',
  'stale',
  'deleted',
  'writes',
]
const ROW = 26
const WIDTH = 780
const STATUS = 680

/** The ladder of `DELETE /articles/{id}`, without the questions of the connection. */
export function draw() {
  const { steps } = specialise('DELETE', new Set(FACTS))
  const rows = steps.filter(({ phase }) => phase !== 'wire').map(row)
  const height = rows.length * ROW + 60
  const body = rows.map(({ ask, status, phase, first }, at) => rung(ask, status, first ? phase : '', 50 + at * ROW))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="The questions between DELETE /articles/{id} and its status">
<style>
svg{font:13px system-ui,sans-serif;fill:#1f2328}
.line{stroke:#8c959f;stroke-width:1.5}
.status{font-weight:600;font-variant-numeric:tabular-nums}
.bad{fill:#9a3412}.good{fill:#166534}.phase{fill:#8c959f;font-size:11px}.title{font-weight:600}
@media (prefers-color-scheme:dark){svg{fill:#e6edf3}.bad{fill:#fdba74}.good{fill:#86efac}}
</style>
<text class="title" x="110" y="24">DELETE /articles/{id}</text>
<line class="line" x1="96" y1="36" x2="96" y2="${height - 18}"/>
${body.join('\n')}
</svg>
`
}

function row({ id, phase }, at, all) {
  const node = DECISIONS[id]
  const edges = 'answers' in node ? [node.answers.no, node.answers.yes] : 'gives' in node ? [node.gives] : []
  return {
    ask: node.ask,
    status: edges.find((edge) => typeof edge === 'number'),
    phase,
    first: all[at - 1]?.phase !== phase,
  }
}

function rung(ask, status, phase, y) {
  const kind = status !== undefined && statusRow(status).class.endsWith('Error') ? 'bad' : 'good'
  const mark =
    status === undefined
      ? ''
      : `<line class="line" x1="${STATUS}" y1="${y - 4}" x2="${STATUS + 30}" y2="${y - 4}"/>` +
        `<text class="status ${kind}" x="${STATUS + 40}" y="${y}">${status}</text>`
  return `<text class="phase" x="8" y="${y}">${phase}</text><circle cx="96" cy="${y - 4}" r="4"/><text x="110" y="${y}">${escape(ask)}</text>${mark}`
}

export function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('../docs/delete-article.svg', import.meta.url), draw())
}
