/** The tables of `docs/what-we-do.md`, read back. */
import { readFileSync } from 'node:fs'

interface Row {
  readonly where: string
  /** `Done`, `Differently`, `Not done`, `Does not arise`. */
  readonly state: string
  /** Full names of the cases that see it. */
  readonly cases: readonly string[]
}

interface Document {
  readonly rows: readonly Row[]
  /** The table at the top, by state; `all` is their sum. */
  readonly counts: Readonly<Record<string, number>>
}

export function readDocument(): Document {
  const text = readFileSync(new URL('../../docs/what-we-do.md', import.meta.url), 'utf8')
  const rows: Row[] = []
  const counts: Record<string, number> = {}
  let rfc = ''
  for (const line of text.split('\n')) {
    rfc = /^## (?:RFC )?([\w-]+)/.exec(line)?.[1] ?? rfc
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const [section = '', , what = '', seen = ''] = cells
    if (cells.length === 2 && /^\d+$/.test(cells[1] ?? '')) counts[section] = Number(cells[1])
    if (cells.length === 4 && section.startsWith('§'))
      rows.push({
        where: `${rfc} ${section}`,
        state: /^\*\*([\w ]+)\.\*\*/.exec(what)?.[1] ?? '',
        cases:
          seen === '—'
            ? []
            : seen.split('; ').map((name) => (/^\S+ §/.test(name) ? name : `${rfc} ${section} ${name}`)),
      })
  }
  return { rows, counts }
}
