/**
 * A request as a shell hands it over: what was on the wire, and a way to read the content.
 *
 * Two shells make these, node:http and Fetch; the engine sees no difference.
 */
import type { Broken } from '../../rules/index.ts'
import type { Stream } from '../operation.ts'

export interface Incoming {
  readonly method: string
  /** The request target as received: origin-form, absolute-form or `*`. */
  readonly target: string
  /** Why the parser gave up, if it did. */
  readonly broken: Broken | undefined
  /** The fields that decide, as bits (`fieldBit`). */
  readonly present: number
  /** How many Host field lines there are; 1 where none is asked for. */
  readonly hosts: number
  /** The address of the other end. */
  readonly address: string
  /** Did it arrive over TLS? */
  readonly secure: boolean
  /** Does the head announce content of one octet or more, or of unknown length? */
  readonly hasContent: boolean
  /** A field's value, lines of the same name joined. Names in lower case. */
  field(name: string): string | undefined
  /** The whole content. Settles early when there is more than `most` octets, or when `time` milliseconds have passed. Does not reject. */
  content(most: number, time: number): Promise<Arrived>
  /** Sends an interim response (RFC 9110 §15.2). */
  interim(status: number): void
}

/** `cut`: it broke off before its end, most likely because the client went away. */
export type Arrived =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: 'late' | 'tooLarge' | 'cut' }

/** A response as a shell sends it. */
export interface Reply {
  readonly status: number
  readonly phrase: string
  /** Flat: name, value, name, value. Date is added by the shell. */
  readonly fields: string[]
  /** Undefined where the status has none. To be left away for HEAD. */
  readonly content: string | undefined
  /** Octets of `content` in UTF-8; 0 where there is none. */
  readonly length: number
  /** Sent in its place, without an end; not for HEAD. */
  readonly stream?: Stream
  /** The connection cannot be used after this. */
  readonly close: boolean
}
