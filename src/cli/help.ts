/** The help: what can be typed. */
import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import { wrap } from './paragraph.ts'

/** Of one command, or of all. */
export function help(name?: string): string {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  return name === undefined || command === undefined ? overview() : commandHelp(name, command)
}

function overview(): string {
  const names = Object.entries(COMMANDS).map(
    ([name, { words, summary }]) => [`${name} ${words}`, summary.split('. ')[0] ?? ''] as const,
  )
  return [
    'tenfour: facts in, the right status out',
    '',
    ...columns([...names, ['help [COMMAND]', 'Say how a command is used'], ['--version', 'Print the version']]),
    '',
    'Exit codes: 0 it worked; 1 it did not; 2 it was typed wrongly.',
    'DEBUG=tenfour shows the stacks of failures.',
  ].join('\n')
}

function commandHelp(name: string, { words, summary, options }: Command): string {
  const lines = Object.entries(options).map(
    ([option, { value, help: what }]) => [`--${option}${value === undefined ? '' : ` ${value}`}`, what] as const,
  )
  return [`tenfour ${name} ${words}`, '', wrap(summary, 0), ...(lines.length > 0 ? ['', ...columns(lines)] : [])].join(
    '\n',
  )
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${wrap(right, width + 4)}`)
}
