export {
  type Bodyless,
  type Essential,
  ESSENTIAL,
  isStatusCode,
  parseStatus,
  STATUS,
  STATUS_CODES,
  type StatusClass,
  type StatusCode,
  type StatusRow,
  statusRow,
  type StatusWith,
} from './status.ts'
export {
  isSafe,
  isSuccess,
  mayRepeat,
  REACTION,
  type ReactionRow,
  reactionTo,
  redirectedMethod,
  type Seen,
  type StatusMay,
} from './reaction.ts'
export { METHOD, type Method, type MethodRow, methodRow, parseMethod } from './method.ts'
export { formatDate, parseDate } from './date.ts'
export {
  type EntityTag,
  formatEntityTag,
  isStrongTag,
  parseEntityTag,
  parseEntityTags,
  strongMatch,
  weakMatch,
} from './etag.ts'
export { ifMatchHolds, ifNoneMatchHolds, modifiedSince, unmodifiedSince } from './precondition.ts'
export { lenientEssence, type MediaType, parseMediaType } from './media-type.ts'
export { identityAcceptable, type MediaRange, parseAccept, preferred } from './accept.ts'
export { parseList } from './list.ts'
export { isToken } from './token.ts'
export { formatQuotedString, parseQuotedString } from './quoted-string.ts'
export type { Parameters } from './parameters.ts'
export { type Problem, problem, type ProblemError, type ProblemParts } from './problem.ts'
export { parseExpect } from './expectation.ts'
export { parseIdempotencyKey } from './idempotency-key.ts'
export { type AskName, type Edge, type Fact, type Node, table } from './decision.ts'
export { type DecisionId, type Decisions, AGAIN_ENTRY, DECISIONS, ENTRY, FAULT_ENTRY } from './decisions.ts'
export { CHOICE, type Choices } from './choice.ts'
export { DETAIL } from './detail.ts'
export { edgesOf, type Graph, isAsked, type Plan, settle, specialise, type Step } from './plan.ts'
export { DECIDING_FIELDS, fieldBit } from './present.ts'
export { interpret, type Shell, type Told, walk } from './walk.ts'
export {
  formatTrace,
  type Mark,
  markThrown,
  readTrace,
  thrownAt,
  type Trace,
  TracePool,
  type TraceStep,
} from './trace.ts'
export type {
  Broken,
  CallerView,
  ContentView,
  FaultKind,
  FoundKind,
  HeadView,
  Limits,
  OutcomeKind,
  Phase,
  TargetView,
  Views,
  WireView,
} from './view.ts'
export type {
  ExchangeLine,
  ExchangeList,
  ExplainedExchange,
  ExplainedOperation,
  ExplainedStatus,
  ExplainedStep,
  MemberChange,
  OperationList,
  Remedy,
  Rung,
  RungEdge,
  Source,
  StatusList,
  WhyNot,
} from './explanation.ts'
export type { Circumstances } from './cure.ts'
export { ladder, wholeLadder } from './ladder.ts'
export { fillFields, giveStep, type Lesson, type LessonRequest, type LessonStep } from './lesson.ts'
export { curlArguments, type CurlRequest, shellQuoted } from './curl.ts'
export { all, either } from './phrase.ts'
export { GUARD, type GuardRow } from './remedy.ts'
export { type Sources, sourceOf } from './source.ts'
export { whyNot } from './why-not.ts'
export {
  cachedWords,
  CLASS_WORDS,
  clause,
  CONTENT_WORDS,
  FAULT_WORDS,
  MARK_WORDS,
  RETRY_WORDS,
  SOURCE_WORDS,
} from './words.ts'
export { formatPointer } from './pointer.ts'
export { mergePatch } from './merge-patch.ts'
export { parseQuery } from './query.ts'
export { type Preferences, parsePrefer } from './prefer.ts'
export { type Challenge, type Credentials, formatChallenge, parseChallenges, parseCredentials } from './credentials.ts'
export { parseContentLength } from './content-length.ts'
export { type Authority, parseHost } from './host.ts'
export { parseTarget, pathSegments, type Target } from './target.ts'
export { decodePercent, decodeUnreserved } from './percent.ts'
export { formatRetryAfter, parseRetryAfter } from './retry-after.ts'
export { formatLink, type Link } from './link.ts'
export { formatAllow } from './allow.ts'
export { parseTransferEncoding } from './transfer-encoding.ts'
export { type CacheControl, parseCacheControl } from './cache-control.ts'
export { POLICY, type PolicyName, type PolicyOptions, type PolicyRow } from './policy.ts'
export { type Pair, PAIRS, type Prose, PROSE, readingOrder } from './prose.ts'
export { codesWith } from './search.ts'
export type {
  Carrier,
  ConnectionStatus,
  ContentOf,
  Contract,
  OperationOf,
  OperationsOf,
  OperationType,
  StatusesOf,
  StatusesWith,
  StatusOf,
} from './contract.ts'
export {
  age,
  type FieldReader,
  invalidates,
  isFreshened,
  mayStandIn,
  mayStore,
  NOT_CACHED,
  onlyIfCached,
  type Stored,
  type Terms,
  termsOf,
  type Use,
  useOf,
  varying,
} from './freshness.ts'
