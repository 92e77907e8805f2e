/** What a command may touch of the process it runs in; `command-line.ts` hands it over. */
import type { Log } from '../server/operation.ts'

export interface Host {
  /** The folder that relative paths are relative to. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Is standard output a terminal that shows colours? */
  readonly colours: boolean
  /** A line, or several, to standard output. */
  out(text: string): void
  /** The same to standard error. */
  err(text: string): void
  /** Standard input to its end. */
  input(): Promise<string>
  /** From now on places in stack traces are those of the source files. */
  mapStacks(): void
  /** Resolves when the process is asked to end; asked once more, it ends at once. */
  stopped(): Promise<void>
  /** What belongs to no request is told to the log from now on; resolves when the process cannot go on. */
  broken(log: Log): Promise<void>
}
