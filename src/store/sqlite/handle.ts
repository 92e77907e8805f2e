/** The two connections to one file, and which file that is. */
import { Connection } from './connection.ts'
import type { Durability } from './connection.ts'
import { unavailable } from './fault.ts'
import { isSameFile, markFile } from './file.ts'
import type { FileMark } from './file.ts'

export class Handle {
  readonly #path: string
  readonly #durability: Durability
  readonly #file: FileMark
  #log: FileMark
  #writer: Connection
  #reader: Connection

  /** Creates the file where there is none; throws the driver's error. */
  constructor(path: string, durability: Durability) {
    this.#path = path
    this.#durability = durability
    this.#writer = new Connection(path, { durability, create: true })
    this.#reader = this.#open()
    this.#file = markFile(path)
    this.#log = markFile(`${path}-wal`)
  }

  get writer(): Connection {
    return this.#writer
  }

  get reader(): Connection {
    return this.#reader
  }

  /** False when the file, or its write-ahead log, is no longer the one at the path: what is written now is lost. */
  get inPlace(): boolean {
    return isSameFile(this.#file) && isSameFile(this.#log)
  }

  /**
   * Opens both connections anew, on the file they were opened on and no other: one put in its place may be older than
   * the write-ahead log beside it, and an empty one would look like a loss of everything.
   */
  reopen(): void {
    if (!isSameFile(this.#file)) throw unavailable(`${this.#path} is not the file that was opened`)
    this.close()
    this.#writer = this.#open()
    this.#reader = this.#open()
    this.#log = markFile(`${this.#path}-wal`)
  }

  close(): void {
    this.#reader.close()
    this.#writer.close()
  }

  #open(): Connection {
    return new Connection(this.#path, { durability: this.#durability, create: false })
  }
}
