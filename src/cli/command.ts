/** What a command is: how it is typed, and what it does. */
import type { Host } from './host.ts'

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  /** What stands for the value in the help: `N`. */
  readonly value?: string
  readonly help: string
}

export interface Call {
  /** Of the command. */
  readonly name: string
  /** What was typed without a dash, the command's name left out. */
  readonly words: readonly string[]
  /** As they were typed, in that order. */
  readonly options: Readonly<Record<string, Typed>>
  text(option: string): string | undefined
  texts(option: string): readonly string[]
  /** Undefined when neither `--option` nor `--no-option` was typed. */
  flag(option: string): boolean | undefined
  readonly host: Host
}

type Typed = string | boolean | readonly (string | boolean)[] | undefined

/** `failed` has told why already. */
export type Done = 'ok' | 'failed'

export interface Command {
  /** What follows the name: `[file]`. */
  readonly words: string
  /** How many words there may be. */
  readonly most: number
  readonly summary: string
  readonly options: Readonly<Record<string, Option>>
  run(call: Call): Promise<Done>
}
