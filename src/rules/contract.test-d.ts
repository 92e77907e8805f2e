/** The contract by itself, carried by nothing but a type. */
import type {
  Carrier,
  ConnectionStatus,
  ContentOf,
  OperationOf,
  OperationsOf,
  StatusesOf,
  StatusesWith,
  StatusOf,
} from './contract.ts'

interface Api {
  readonly 'GET /a': {
    readonly method: 'GET'
    readonly facts: 'item' | 'mustExist' | 'selects' | 'reads'
    readonly params: object
    readonly query: object
    readonly in: undefined
    readonly out: { readonly reads: 'shown' }
  }
  readonly 'POST /a': {
    readonly method: 'POST'
    readonly facts: 'content' | 'performs' | 'created' | 'replies' | 'accepted'
    readonly params: object
    readonly query: object
    readonly in: string
    readonly out: { readonly created: 'made'; readonly replies: 'done'; readonly accepted: 'begun' }
  }
}
type Same<A, B> = [A, B] extends [B, A] ? true : false
type Carried = Carrier<Api>

// RFC 9110 §15: the rows whose facts and method it has, and no other.
export const statuses: [
  Same<StatusOf<Carried, 'GET /a'>, 200 | 304 | 400 | 404 | 412 | 417 | 500>,
  Same<StatusOf<Carried, 'POST /a'>, 200 | 201 | 202 | 204 | 400 | 408 | 412 | 413 | 415 | 417 | 500>,
  // §13.1.1: without a version If-Match can be false all the same; who sends none does not meet it.
  Same<Exclude<StatusOf<Carried, 'POST /a'>, StatusesWith<'POST', Api['POST /a']['facts']>>, 412>,
  // §13.2.2: what is 304 to a read is 412 to a write.
  304 extends StatusesOf<Omit<Api['GET /a'], 'method'> & { readonly method: 'PUT' }> ? true : false,
  Same<ConnectionStatus, 400 | 408 | 414 | 421 | 429 | 431 | 501 | 503 | 505>,
] = [true, true, true, false, true]

type Post = OperationOf<Carried, 'POST /a'>
export const contents: [
  Same<ContentOf<OperationOf<Carried, 'GET /a'>, 200>, 'shown'>,
  Same<ContentOf<Post, 200>, 'done'>,
  Same<ContentOf<Post, 201>, 'made'>,
  Same<ContentOf<Post, 202>, 'begun'>,
  // RFC 9110 §15.3.5, §15.4.5: never any content.
  Same<ContentOf<Post, 204>, undefined>,
  Same<ContentOf<OperationOf<Carried, 'GET /a'>, 304>, undefined>,
] = [true, true, true, true, true, true]

export const names: Same<keyof OperationsOf<Carried>, 'GET /a' | 'POST /a'> = true

// @ts-expect-error no operation of this name
export type None = StatusOf<Carried, 'GET /b'>
