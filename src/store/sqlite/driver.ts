/** The driver's native part is built for one version of Node, by a script that a package manager may not have run. */

/** Thrown when there is no build of the driver for this Node. */
export class DriverMissing extends Error {
  override readonly name = 'DriverMissing'

  constructor(cause: unknown) {
    super(`better-sqlite3, which reads and writes SQLite files, is not built for Node ${process.version}`, { cause })
  }
}

/** Is it that no build was found, or one for another version? */
export function isDriverMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    ('code' in error && error.code === 'ERR_DLOPEN_FAILED') || error.message.startsWith('Could not locate the bindings')
  )
}
