/** The requests that this page sent, by reference: so that one can be changed and sent again. In memory alone. */
import type { Draft } from './draft.ts'

const KEPT = 200
const sent = new Map<string, Draft>()

export function rememberSent(reference: string | undefined, draft: Draft): void {
  if (reference === undefined) return
  const [oldest] = sent.keys()
  if (oldest !== undefined && sent.size >= KEPT) sent.delete(oldest)
  sent.set(reference, draft)
}

export function sentAs(reference: string): Draft | undefined {
  return sent.get(reference)
}
