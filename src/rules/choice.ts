/**
 * The choices of policy that decide a status, as the facts they bring: so a choice is which rows
 * of the graph are asked, and no number is compared outside the tables.
 */
import type { Fact } from './decision.ts'

export const CHOICE = {
  /** Of content that fails its schema: what brings the question before it is used, and after. */
  validation: {
    400: { judged: 'schema', used: 'invalid' },
    422: { judged: 'schema422', used: 'invalid422' },
  },
  /** Of a database known to be unreachable: without the question it is like anything unforeseen. */
  unavailable: {
    503: ['unavailable'],
    500: [],
  },
} as const satisfies {
  validation: Record<number, { judged: Fact; used: Fact }>
  unavailable: Record<number, readonly Fact[]>
}

/** What a declaration may choose between. */
export type Choices = { readonly [Name in keyof typeof CHOICE]: keyof (typeof CHOICE)[Name] }
