// ── calling an API ──────────────────────────────────────────────────────────────────────────────
export { type Client, type ClientOptions, createClient, type Pending } from './client.ts'
export type { CallAt, Init, InitOptions, LooseInit, PathsOf, Verb } from './call-types.ts'
export type {
  CallType,
  Failure,
  LooseReply,
  Received,
  Reply,
  ReplyProblem,
  Success,
  Unexpected,
  UnexpectedReply,
  ValueOf,
} from './reply-types.ts'
export type { UpdateInit } from './update.ts'

// ── reacting ────────────────────────────────────────────────────────────────────────────────────
export { type Auth, bearer, type BearerOptions } from './bearer.ts'
export type { PrivateCache, Reaction, ReactionOptions, RetryOptions } from './reaction-options.ts'
export type { Answer, From, Outgoing } from './message.ts'
export { ContentError, NetworkError, NoValidator, StatusError, TimeoutError } from './error.ts'

// ── keeping ─────────────────────────────────────────────────────────────────────────────────────
export { memoryCache, type MemoryCacheOptions } from './memory-cache.ts'
export type { StoredResponse, ResponseStore } from './cache.ts'
export { cacheOver } from './cache.ts'

// ── behind the plain signature of fetch ─────────────────────────────────────────────────────────
export { createFetch, type FetchOptions } from './create-fetch.ts'
