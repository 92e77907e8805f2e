/** Something wrong with a declaration: where, what, and what to write instead. */
export interface Fault {
  /** `articles.slug`, `options.accounts.role` */
  readonly where: string
  readonly what: string
  readonly instead: string
}

/** A declaration that cannot be served. Names all its faults, so that they are mended in one go. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError'
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(`The declaration cannot be served:\n${faults.map(line).join('\n')}`)
    this.faults = faults
  }
}

const line = ({ where, what, instead }: Fault) => `  - ${where}: ${what}. ${instead}`
