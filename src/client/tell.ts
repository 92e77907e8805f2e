/** Telling whoever looks on what the client does by itself. */
import type { Reaction, ReactionOptions } from './reaction-options.ts'

export type Tell = (reaction: Reaction) => void

/** Who looks on changes nothing: what it throws, now or later, is left to the console, and the call goes on. */
export function tellOf({ onReaction }: ReactionOptions): Tell {
  const told = async (reaction: Reaction): Promise<void> => onReaction?.(reaction)
  return (reaction) => void (onReaction && told(reaction).catch(console.error))
}
