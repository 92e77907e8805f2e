/**
 * The two connections to one file, and which file that is.
 *
 * Opened anew, the new connections are opened and judged before the old ones are closed: the last to close a file
 * folds the write-ahead log into it and deletes the log, and into a file that is damaged that would lose both.
 */
import { Connection } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { unavailable } from './fault.ts'
import { isSameFile, markFile } from './file.ts'
import type { FileMark } from './file.ts'

interface Pair {
  readonly writer: Connection
  readonly reader: Connection
}

export type HandleOptions = Omit<ConnectionOptions, 'create'>

export class Handle {
  readonly path: string
  readonly #options: HandleOptions
  #pair: Pair
  #file: FileMark
  #log: FileMark

  /** Creates the file where there is none; throws the driver's error. */
  constructor(path: string, options: HandleOptions) {
    this.path = path
    this.#options = options
    this.#pair = openPair(path, { ...options, create: true })
    this.#file = markFile(path)
    this.#log = markFile(logOf(path))
  }

  get writer(): Connection {
    return this.#pair.writer
  }

  get reader(): Connection {
    return this.#pair.reader
  }

  /** False when the file or its write-ahead log is another than was opened, or has been cut short: writes would be lost. */
  get inPlace(): boolean {
    const file = markFile(this.path)
    if (!isSameFile(file, this.#file) || file.size < this.#file.size) return false
    this.#file = file
    return isSameFile(markFile(logOf(this.path)), this.#log)
  }

  /**
   * Opens both connections anew, on the file they were opened on and no other: one put in its place may be older than
   * the write-ahead log beside it, and an empty one would look like a loss of everything. Throws when it is not there
   * or not sound, and keeps the old connections.
   */
  reopen(isSound: (connection: Connection) => boolean): void {
    const file = markFile(this.path)
    if (!isSameFile(file, this.#file)) throw unavailable(`${this.path} is not the file that was opened`)
    // SQLite deletes the log beside an empty file.
    if (file.size === 0) throw unavailable(`${this.path} is empty`)
    // The connections share one index of the log: on a log that is gone, a new one is had by closing all.
    if (!isSameFile(markFile(logOf(this.path)), this.#log)) this.close()
    const pair = openPair(this.path, { ...this.#options, create: false })
    if (!isSound(pair.reader)) {
      closePair(pair)
      throw unavailable(`${this.path} does not hold the tables it held`)
    }
    this.close()
    this.#pair = pair
    this.#file = markFile(this.path)
    this.#log = markFile(logOf(this.path))
    foldLog(pair.writer)
  }

  close(): void {
    closePair(this.#pair)
  }
}

function openPair(path: string, options: ConnectionOptions): Pair {
  const writer = new Connection(path, options)
  try {
    return { writer, reader: new Connection(path, { ...options, create: false }) }
  } catch (error) {
    writer.close()
    throw error
  }
}

function closePair({ writer, reader }: Pair): void {
  reader.close()
  writer.close()
}

/** A full disk leaves a long log; once it is folded into the file, rows can at least be removed. */
function foldLog(connection: Connection): void {
  try {
    connection.get('PRAGMA wal_checkpoint(PASSIVE)')
  } catch {
    // Where there is no room for that either, the log stays as it is, and nothing is lost.
  }
}

function logOf(path: string): string {
  return `${path}-wal`
}
