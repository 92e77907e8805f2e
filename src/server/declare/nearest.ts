/** The name somebody meant. */

/** What to write instead of a name that there is none of: the one it was mistyped from, or those there are. */
export function instead(name: string, known: readonly string[], none = 'Leave it out'): string {
  const near = nearest(name, known)
  if (near !== undefined) return `Did you mean ${near}?`
  return known.length === 0 ? none : `Use ${known.join(', ')}`
}

/** After what was said of a name: the one that was meant, if there is one. */
export const meant = (near: string | undefined): string => (near === undefined ? '' : `. Did you mean ${near}?`)

/** Undefined where none differs by less than a third. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [first] = known
    .map((other) => ({ other, edits: editsBetween(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, edits }) => edits <= Math.ceil(Math.min(name.length, other.length) / 3) && edits < other.length)
    .toSorted((one, two) => one.edits - two.edits)
  return first?.other
}

/** Letters to be added, taken away, changed, or swapped with the next. */
function editsBetween(from: string, to: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let y = 1; y <= from.length; y++) {
    const next = [y]
    for (let x = 1; x <= to.length; x++) {
      const same = from[y - 1] === to[x - 1]
      const swapped = from[y - 1] === to[x - 2] && from[y - 2] === to[x - 1]
      next[x] = Math.min(
        cell(next, x - 1) + 1,
        cell(row, x) + 1,
        cell(row, x - 1) + (same ? 0 : 1),
        swapped ? cell(before, x - 2) + 1 : Infinity,
      )
    }
    before = row
    row = next
  }
  return cell(row, to.length)
}

const cell = (row: readonly number[], at: number): number => row[at] ?? Infinity
