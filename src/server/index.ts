// ── declaring ───────────────────────────────────────────────────────────────────────────────────
export {
  type AccountsIn,
  type Api,
  type ApiOptions,
  defineApi,
  type DefinedApi,
  type Resources,
} from './declare/define-api.ts'
export { DeclarationError, type Fault } from './declare/declaration-error.ts'
export {
  type ActionShape,
  type ActionShapes,
  type Allow,
  collection,
  type Collection,
  type CollectionOptions,
  type CollectionShape,
  type Fields,
  type ListOptions,
} from './declare/collection.ts'
export {
  type Field,
  type FieldLike,
  hidden,
  type InputOf,
  type OutputOf,
  readBy,
  readOnly,
  setBy,
  type Traits,
  unique,
  type With,
} from './declare/field.ts'
export { type IdSchema, owner, ref, type ReferenceOptions } from './declare/reference.ts'
export { type MethodShape, resource, type Resource, type ResourceShape } from './declare/resource.ts'
export type { MethodOptions } from './declare/resource-options.ts'
export { gone, moved, type MovedPath } from './declare/moved.ts'
export { apiKeys, type AuthMethod, password } from './declare/auth.ts'
export type {
  Acting,
  ActionOptions,
  AfterHooks,
  BeforeHooks,
  Guard,
  Judged,
  RuleFor,
} from './declare/action-options.ts'
export type { Flat, Item, Members, NewItem, Patch, Replacement, Sent, ServerMade } from './declare/item.ts'
export type { ListQuery, Operations, Page } from './declare/operation-types.ts'
export type { Session, ShownKey, SignedIn } from './account/types.ts'
export type { ApiShape } from './declare/fact-types.ts'
export type { ApiDeclaration, GoneDeclaration } from './declare/declaration.ts'
export { type ApiLimits, LIMITS } from './declare/limits.ts'

// ── what handlers answer ────────────────────────────────────────────────────────────────────────
export {
  accepted,
  type Accepted,
  changed,
  type Changed,
  conflict,
  created,
  type Created,
  deleted,
  type Deleted,
  done,
  type Done,
  found,
  type FoundItem,
  invalid,
  type Load,
  missing,
  type Missing,
  type Refused,
  type Result,
  seeOther,
  type SeeOther,
  stale,
  type Stale,
} from './declare/outcome.ts'
export { BadUpstream, Full, Unavailable, UpstreamTimeout } from './fault.ts'

// ── serving ─────────────────────────────────────────────────────────────────────────────────────
export { createNodeServer, serve } from './shell/node.ts'
export { createEngine } from './create-engine.ts'
export type { Engine, EngineOptions, Running, ServeOptions } from './serving.ts'
export type { MadeKey } from './account/made-key.ts'
export type { Incoming, Reply } from './engine/incoming.ts'
export type { Caller, Exchange, Log, Operation, Planned } from './operation.ts'
export type { Eventually, Head, Inserted, Removed, Row, Store, Transaction, Updated } from './storage.ts'

// ── serving through Fetch, and the API's description ────────────────────────────────────────────
export { createFetchHandler, type FetchHandler, type FetchInfo } from './shell/fetch.ts'
export { openApi } from './openapi/openapi.ts'
