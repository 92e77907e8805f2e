/** What was typed, with another value of an option: to be typed next. */
import { shellQuoted } from '../rules/index.ts'
import type { Call } from './command.ts'

export function retyped({ name, words, options }: Call, option: string, value: string): string {
  const others = Object.entries(options).flatMap(([other, given]) =>
    other === option ? [] : [given].flat().map((one) => optionOf(other, one)),
  )
  return ['npx tenfour', name, ...words.map(shellQuoted), ...others, `--${option} ${value}`].join(' ')
}

function optionOf(name: string, value: string | boolean | undefined): string {
  return typeof value === 'string' ? `--${name} ${shellQuoted(value)}` : `--${value === true ? '' : 'no-'}${name}`
}
