/** Telling whoever looks on what the client does by itself. */
import type { Reaction, ReactionOptions } from './reaction-options.ts'

export type Tell = (reaction: Reaction) => void

/** Who looks on changes nothing: what it throws is left to the console, and the call goes on. */
export function tellOf({ onReaction }: ReactionOptions): Tell {
  return (reaction) => {
    try {
      onReaction?.(reaction)
    } catch (error) {
      console.error(error)
    }
  }
}
