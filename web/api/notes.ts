/** What will not be sent as it is written, and why. */
import { type Draft, keptByBrowser, linesLeftOut } from './draft.ts'

/** `tried`: it was sent once; until then a line may be half written. */
export function notesOn(draft: Draft, tried: boolean): string[] {
  const kept = keptByBrowser(draft)
  const left = tried ? linesLeftOut(draft) : []
  return [
    ...(kept.length > 0 ? [`A browser sets ${kept.join(', ')} by itself: use the line for a shell.`] : []),
    ...(left.length > 0 ? [`Left out, because a field is written as name: value, in Latin-1: ${left.join(', ')}`] : []),
    ...(draft.content !== '' && BARE.has(draft.method)
      ? [`A browser sends no content with ${draft.method}: use the line for a shell.`]
      : []),
    ...(/[{}]/.test(draft.path) ? ['Put a value in place of what is in braces.'] : []),
  ]
}

/** Fetch, "Request class": these have no body. */
const BARE: ReadonlySet<string> = new Set(['GET', 'HEAD'])
