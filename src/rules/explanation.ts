/**
 * What is said of an exchange, as JSON: the contract between whoever explains and whoever shows it.
 *
 * Types alone, so that a page, a command and a server share them and none imports another. No value
 * that was sent is in any of them: names of fields, members and parameters, and what the server knows.
 */
import type { Edge, Fact } from './decision.ts'
import type { DecisionId } from './decisions.ts'
import type { Method } from './method.ts'
import type { Pair, Prose } from './prose.ts'
import type { ReactionRow } from './reaction.ts'
import type { StatusCode, StatusRow } from './status.ts'
import type { Mark } from './trace.ts'
import type { Phase } from './view.ts'

/** One exchange in a list: `GET /.tenfour/exchanges` has the last ones, newest first; each event of its `live` has one. */
export interface ExchangeLine {
  readonly reference: string
  /** When the request began, RFC 3339. */
  readonly at: string
  /** From the first question to the answer, to a tenth. */
  readonly milliseconds: number
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** `DELETE /articles/{id}`; absent where no declared operation was meant. */
  readonly operation?: string
  readonly status: number
  readonly phrase: string
  /** The question that decided; absent if none was asked. */
  readonly decision?: DecisionId
  /** In one line: what the rule said, which members are wrong, or the question and its answer. */
  readonly reason: string
}

/** `GET /.tenfour/exchanges`, also `?status=403`, `?operation=DELETE%20%2Farticles%2F%7Bid%7D`. */
export interface ExchangeList {
  readonly exchanges: readonly ExchangeLine[]
}

/** One exchange and all there is to say of it: `GET /.tenfour/x/{reference}`. */
export interface ExplainedExchange extends ExchangeLine {
  /** The questions that were asked, in the order in which they were. One comes twice where all was judged again. */
  readonly steps: readonly ExplainedStep[]
  /** Every question there is, in the order of the graph; `steps` is the path through it. */
  readonly ladder: readonly Rung[]
  /** Absent where it went well. */
  readonly whyNot?: WhyNot
}

export interface ExplainedStep {
  readonly id: DecisionId
  readonly phase: Phase
  readonly ask: string
  readonly rfc: string
  readonly mark: Mark
  /** The mark in words: `yes`, `no`, `passed by: no if-match`. */
  readonly answer: string
  /** From where the answer was taken. */
  readonly source: Source
  /** Where the decision had to wait. */
  readonly milliseconds?: number
}

/** From where a fact comes. */
export type Source =
  /** The connection and the request line. */
  | { readonly kind: 'connection' }
  /** A field of the request. */
  | { readonly kind: 'field'; readonly name: string }
  /** What was declared, and where: `articles.allow.delete` is `owner or admin`. */
  | { readonly kind: 'declared'; readonly at: string; readonly says?: string }
  /** A function of the author: `articles.actions.publish.when`, in `api.ts`, line 12 from 1. */
  | { readonly kind: 'function'; readonly at: string; readonly file?: string; readonly line?: number }
  /** The credentials, looked up. */
  | { readonly kind: 'accounts' }
  /** What is stored. */
  | { readonly kind: 'store' }
  /** The content of the request. */
  | { readonly kind: 'content' }
  /** The server itself: its limits, its state, what it chose. */
  | { readonly kind: 'server' }

/** A question of the graph, as it stands for one operation. */
export interface Rung {
  readonly id: DecisionId
  readonly phase: Phase
  readonly ask: string
  readonly rfc: string
  /** Never asked here, because of its method or because something is not declared. */
  readonly folded: boolean
  /** What is not declared, and would bring it to life. */
  readonly lacks?: readonly Fact[]
  /** Asked of these methods only, and this is none of them. */
  readonly methods?: readonly Method[]
  /** Asked only of requests with this field. */
  readonly field?: string
  /** Where each answer leads, folded rows passed by: to a question or to a status. */
  readonly edges: readonly RungEdge[]
}

export interface RungEdge {
  /** `gives`: the mere question is the answer. `next`: somebody was asked. `absent`: no such field. */
  readonly answer: 'yes' | 'no' | 'absent' | 'next' | 'gives'
  /** A question's id, or a status. */
  readonly to: Edge
}

/** Why an exchange did not end well, and what would have to be different. */
export interface WhyNot {
  /** What it could have ended with, ascending: `[204]`; empty where there is nothing to ask for. */
  readonly instead: readonly StatusCode[]
  /** The first step off the good path. */
  readonly decision: DecisionId
  readonly ask: string
  readonly answer: string
  readonly rfc: string
  /** The one fact that would have changed it: `It would have been 204 if the caller were the owner, or had the role admin.` */
  readonly sentence: string
  /** The same for programs: any one of them will do, but all of those `together`. Empty: nothing that a client can change. */
  readonly remedies: readonly Remedy[]
  /** What is wrong, and what to do. */
  readonly detail: string
  /** What a client does about the status. */
  readonly client: string
  /** What a client may do by itself. */
  readonly may?: NonNullable<ReactionRow['may']>
  /** Where the rule stands that said no. */
  readonly source: Source
}

/** Give it a value that fits; leave it away; or choose a value that only the caller can know to be right. */
export type MemberChange = 'set' | 'leave' | 'choose'

/** One change to the request that leads on. Field names are as they are written: `If-Match`. */
export type Remedy =
  /** Credentials of an account: of this role, of the owner of the item, of the account itself; of any, without. */
  | { readonly kind: 'credentials'; readonly role?: string; readonly who?: 'owner' | 'self' }
  /** Send the field, with this value if there is one that will do. */
  | { readonly kind: 'field'; readonly name: string; readonly value?: string }
  /** Leave the field away. */
  | { readonly kind: 'withoutField'; readonly name: string }
  /** Mend a member of the content; together with the others. `schema`: what it is declared as, in JSON Schema. */
  | {
      readonly kind: 'member'
      /** RFC 6901. */
      readonly pointer: string
      readonly code: string
      readonly change: MemberChange
      readonly schema?: object
      readonly together: true
    }
  /** Mend or leave away a query parameter; together with the others. */
  | { readonly kind: 'parameter'; readonly name: string; readonly code: string; readonly together: true }
  /** Use one of these methods. */
  | { readonly kind: 'method'; readonly allow: readonly string[] }
  /** Ask at another address; `sent`: with the query that was sent, which is kept nowhere. */
  | { readonly kind: 'target'; readonly location?: string; readonly query?: 'sent' }
  /** Send other content: less of it, or well formed. */
  | { readonly kind: 'content' }
  /** Send the same again, after so many seconds. */
  | { readonly kind: 'wait'; readonly seconds: number }

/** `GET /.tenfour/operations` */
export interface OperationList {
  readonly title: string
  readonly operations: readonly ExplainedOperation[]
}

export interface ExplainedOperation {
  /** `DELETE /articles/{id}` */
  readonly operation: string
  readonly method: Method
  readonly path: string
  readonly summary: string
  /** Every status it can give, ascending. */
  readonly statuses: readonly StatusCode[]
  readonly facts: readonly Fact[]
  /** Who may: `owner or admin`; absent where nothing of the kind is declared. */
  readonly allow?: string
  /** Media types of content taken; empty: it takes none. */
  readonly takes: readonly string[]
  /** What the content is declared as, in JSON Schema. */
  readonly input?: object
  readonly query: readonly string[]
  readonly ladder: readonly Rung[]
}

/** `GET /.tenfour/statuses`: everything there is to learn, the essential ten first. */
export interface StatusList {
  readonly statuses: readonly ExplainedStatus[]
  readonly pairs: readonly Pair[]
}

export interface ExplainedStatus extends StatusRow, Prose {
  readonly code: StatusCode
}
