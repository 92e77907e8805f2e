// Writes what every code means, and the questions between those that are confused: docs/statuses.md, from the tables.
// `node scripts/write-statuses.mjs` makes it anew; a test compares.
import { writeFileSync } from 'node:fs'
import {
  either,
  CLASS_WORDS,
  CONTENT_WORDS,
  ESSENTIAL,
  cachedWords,
  FAULT_WORDS,
  PAIRS,
  PROSE,
  RETRY_WORDS,
  STATUS,
  STATUS_CODES,
} from '../dist/rules/index.js'

export function statuses() {
  return `# Status codes

Every code of the registry: what it means, when to send it, and what to do about it. Made from [the tables](../src/rules)
by \`scripts/write-statuses.mjs\`; \`npx tenfour explain 409\` says the same in a terminal.

The ten that come first everywhere: ${ESSENTIAL.map(link).join(', ')}.

## Which of the two?

${PAIRS.map(pair).join('\n\n')}

${classes().map(chapter).join('\n\n')}
`
}

function pair({ codes, question, answers }) {
  const lines = codes.map((code) => `- ${link(code)}: ${answers[code]}`)
  return [`### ${either(codes)}?`, '', question, '', ...lines].join('\n')
}

function classes() {
  return [...new Set(STATUS_CODES.map((code) => STATUS[code].class))]
}

function chapter(name) {
  const codes = STATUS_CODES.filter((code) => STATUS[code].class === name)
  return [`## ${Math.floor(codes[0] / 100)}xx`, CLASS_WORDS[name], ...codes.map(section)].join('\n\n')
}

function section(code) {
  const row = STATUS[code]
  const { meaning, server, client, confusedWith } = PROSE[code]
  const facts = [
    ['Server', server],
    ['Client', client],
    ['To mend', `${FAULT_WORDS[row.fault]}.`],
    ['Next', `${RETRY_WORDS[row.retry]}.`],
    ['Content', `${CONTENT_WORDS[row.content]}.`],
    ['Carries', fields(row.must)],
    ['Should carry', fields(row.should)],
    ['Never has', fields(row.mustNot)],
    ['Cached', `${cachedWords(row)}.`],
    ['Standing', row.standing && `${row.standing}.`],
    ...confusedWith.map((other) => [`Or ${link(other.code)}?`, `${other.question} If so, ${code}.`]),
  ]
  const lines = facts
    .filter(([, fact]) => fact !== undefined)
    .map(([label, fact]) => `- ${label}${label.endsWith('?') ? '' : ':'} ${fact}`)
  return [`### ${code} ${row.phrase}`, `${meaning} (${clause(row.rfc)})`, lines.join('\n')].join('\n\n')
}

function fields(names) {
  return names && `${names.map((name) => `\`${name}\``).join(', ')}.`
}

/** As anchors are made of headings: small letters, blanks as dashes, nothing else. */
function link(code) {
  const heading = `${code} ${STATUS[code].phrase}`
  return `[${code}](#${heading
    .toLowerCase()
    .replace(/[^a-z\d -]/g, '')
    .replaceAll(' ', '-')})`
}

function clause(rfc) {
  const [, number, part] = /^(\d+) §([\d.]+)$/.exec(rfc) ?? []
  return number === undefined ? rfc : `[RFC ${rfc}](https://www.rfc-editor.org/rfc/rfc${number}#section-${part})`
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL('../docs/statuses.md', import.meta.url), statuses())
}
