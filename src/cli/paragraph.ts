/** Text for a terminal of eighty columns: broken into lines, harmless, and painted where that is wanted. */
import { statusRow, type StatusClass } from '../rules/status.ts'

const COLUMNS = 80

/** Breaks a text so that it fits beside what stands before it; its further lines are indented. */
export function wrap(text: string, indent: number, columns = COLUMNS): string {
  const width = columns - indent
  const lines: string[] = ['']
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

/** A name and what is said of it: `  means     I do not know who you are.` */
export function entry(name: string, text: string): string {
  return `  ${name.padEnd(NAME)} ${wrap(text, NAME + 3)}`
}

const NAME = 9

function pieces(word: string, width: number): string[] {
  return word.length <= width ? [word] : [word.slice(0, width), ...pieces(word.slice(width), width)]
}

/** What came from elsewhere must not move the cursor. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
}

export function paint(text: string, status: number, colours: boolean): string {
  return colours ? `\u001B[${COLOUR[statusRow(status).class]}m${text}\u001B[0m` : text
}

export function faint(text: string, colours: boolean): string {
  return colours ? `\u001B[2m${text}\u001B[0m` : text
}

const COLOUR: Readonly<Record<StatusClass, string>> = {
  interim: '2',
  success: '32',
  redirection: '36',
  clientError: '33',
  serverError: '31',
}
