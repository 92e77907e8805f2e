/**
 * What would have to be different, question by question: the fact that would have led on, and the
 * change to a request that makes it so.
 *
 * A fact is the end of "It could have been 200 if …". Its {words} are filled with what is known of the
 * exchange; none of them is a value that was sent. A test asserts that every row that ends badly has its row.
 */
import type { DecisionId } from './decisions.ts'
import type { MemberChange } from './explanation.ts'

export interface RemedyRow {
  readonly fact: string
  /** Any one of them will do; without, nothing in the request can change it. */
  readonly cures?: readonly Cure[]
}

/** The fact of a question that names {members}, where the code of what is wrong with them says it more precisely. */
export interface MistakeRow {
  readonly fact: string
  /** How such a member is mended; of any other its declaration decides. */
  readonly change?: MemberChange
}

/** How a request is changed; what it is changed to is known to the exchange. */
export type Cure =
  | { readonly by: 'credentials' | 'errors' | 'method' | 'content' | 'wait' }
  /** `sent`: with the query that was sent. */
  | { readonly by: 'target'; readonly query?: 'sent' }
  /** Other credentials, or none where none are needed. */
  | { readonly by: 'otherCredentials' }
  | {
      readonly by: 'field'
      readonly name: string
      /** What is known and will do. */
      readonly value?: 'etag' | 'lastModified' | 'takes' | 'offers'
    }
  /** `unless`: where that is asked as well, a request without the field is refused. */
  | { readonly by: 'withoutField'; readonly name: string; readonly unless?: DecisionId }

const CREDENTIALS = [{ by: 'credentials' }] as const
const ERRORS = [{ by: 'errors' }] as const
const TARGET = [{ by: 'target' }] as const
const NEW_ADDRESS = [{ by: 'target', query: 'sent' }] as const
const CONTENT = [{ by: 'content' }] as const
const WAIT = [{ by: 'wait' }] as const
const TYPE = [{ by: 'field', name: 'Content-Type', value: 'takes' }] as const
const MENDED = { fact: '{members} were right', cures: ERRORS } as const

/** A precondition that fails can be met with the validator of now, or left away by who does not mind. */
const CURRENT = [
  { by: 'field', name: 'If-Match', value: 'etag' },
  { by: 'withoutField', name: 'If-Match', unless: 'conditional' },
] as const

/** What nothing can meet. */
const WITHOUT_MATCH = [{ by: 'withoutField', name: 'If-Match' }] as const

export const REMEDY: { readonly [id in DecisionId]?: RemedyRow } = {
  headArrived: { fact: 'the whole head section had arrived in time', cures: WAIT },
  framing: { fact: 'the message were well-formed HTTP/1.1, with exactly one Host' },
  lengthKnown: {
    fact: 'chunked were the last transfer coding',
    cures: [{ by: 'withoutField', name: 'Transfer-Encoding' }],
  },
  version: { fact: 'the version were HTTP/1.1 or HTTP/1.0' },
  targetLength: { fact: 'the target were shorter', cures: TARGET },
  fieldsLength: { fact: 'the fields were smaller altogether' },
  methodKnown: { fact: 'the method were one that is implemented here', cures: [{ by: 'method' }] },
  transferCoding: {
    fact: 'chunked were the only transfer coding',
    cures: [{ by: 'withoutField', name: 'Transfer-Encoding' }],
  },
  authority: { fact: 'the target had the scheme and the authority of this server' },
  share: { fact: 'fewer requests from this address were in progress', cures: WAIT },
  capacity: { fact: 'there were room for one more request', cures: WAIT },
  asterisk: { fact: 'the method were OPTIONS, or the target a path', cures: TARGET },
  route: { fact: 'the path were that of a resource', cures: TARGET },
  pathValues: { fact: 'the variables of the path had their declared form', cures: TARGET },
  notMoved: { fact: 'it were asked at the new address', cures: NEW_ADDRESS },
  notMovedOld: { fact: 'it were asked at the new address', cures: NEW_ADDRESS },
  notMovedForNow: { fact: 'it were asked where it is at present', cures: NEW_ADDRESS },
  notGone: { fact: 'the resource had not been taken away for good' },
  methodAllowed: { fact: 'the method were {allow}', cures: [{ by: 'method' }] },
  available: { fact: 'the database could be reached', cures: WAIT },
  credentialsValid: { fact: 'the credentials were valid{orNone}', cures: [{ by: 'otherCredentials' }] },
  signedIn: { fact: 'the caller were {who}', cures: CREDENTIALS },
  classAllowed: { fact: 'the caller were {who}', cures: CREDENTIALS },
  expectation: { fact: 'nothing but 100-continue were expected', cures: [{ by: 'withoutField', name: 'Expect' }] },
  query: MENDED,
  ifMatchReadable: { fact: 'If-Match were * or a list of quoted entity tags', cures: CURRENT },
  ifNoneMatchReadable: {
    fact: 'If-None-Match were * or a list of quoted entity tags',
    cures: [{ by: 'withoutField', name: 'If-None-Match' }],
  },
  keyReadable: {
    fact: 'Idempotency-Key were a quoted string',
    cures: [
      { by: 'field', name: 'Idempotency-Key' },
      { by: 'withoutField', name: 'Idempotency-Key' },
    ],
  },
  keyKept: {
    fact: 'there were no Idempotency-Key',
    cures: [{ by: 'withoutField', name: 'Idempotency-Key' }],
  },
  contentLength: { fact: 'the content were smaller', cures: CONTENT },
  contentCoding: {
    fact: 'the content had no content coding',
    cures: [{ by: 'withoutField', name: 'Content-Encoding' }],
  },
  contentTypeGiven: { fact: 'Content-Type said what the content is', cures: TYPE },
  contentType: { fact: 'the content were {takes}', cures: TYPE },
  wholePut: {
    fact: 'the content were the whole representation',
    cures: [{ by: 'withoutField', name: 'Content-Range' }],
  },
  itemNotMoved: { fact: 'it were asked at the new address', cures: TARGET },
  itemNotMovedForNow: { fact: 'it were asked where it is at present', cures: TARGET },
  itemNotGone: { fact: 'the item had not been taken away for good' },
  exists: { fact: 'there were such an item', cures: TARGET },
  itemVisible: { fact: 'the caller were {who}', cures: CREDENTIALS },
  itemSignedIn: { fact: 'the caller were {who}', cures: CREDENTIALS },
  itemAllowed: { fact: 'the caller were {who}', cures: CREDENTIALS },
  stateAllows: { fact: 'the state of the item were another' },
  acceptable: {
    fact: 'Accept allowed {offers}',
    cures: [
      { by: 'field', name: 'Accept', value: 'offers' },
      { by: 'withoutField', name: 'Accept' },
    ],
  },
  conditional: {
    fact: 'it said in If-Match which version it means',
    cures: [{ by: 'field', name: 'If-Match', value: 'etag' }],
  },
  ifMatch: { fact: '{current}', cures: CURRENT },
  ifMatchUnversioned: {
    fact: 'there were no If-Match, since nothing here has a version',
    cures: WITHOUT_MATCH,
  },
  ifMatchUnrepresented: {
    fact: 'there were no If-Match, since nothing here has a representation',
    cures: WITHOUT_MATCH,
  },
  ifUnmodifiedSince: {
    fact: 'If-Unmodified-Since were not before the last change',
    cures: [
      { by: 'field', name: 'If-Unmodified-Since', value: 'lastModified' },
      { by: 'withoutField', name: 'If-Unmodified-Since', unless: 'conditional' },
    ],
  },
  ifNoneMatch: {
    fact: 'If-None-Match did not name the current ETag',
    cures: [{ by: 'withoutField', name: 'If-None-Match' }],
  },
  ifNoneMatchWrite: {
    fact: 'If-None-Match did not rule out what is under this address',
    cures: [{ by: 'withoutField', name: 'If-None-Match' }],
  },
  ifModifiedSince: {
    fact: 'it had changed since the date in If-Modified-Since',
    cures: [{ by: 'withoutField', name: 'If-Modified-Since' }],
  },
  contentArrived: { fact: 'the whole content had arrived in time', cures: WAIT },
  contentSize: { fact: 'the content were smaller', cures: CONTENT },
  contentParses: { fact: 'the content were well formed', cures: CONTENT },
  keyIdle: { fact: 'no other request with this Idempotency-Key were at work', cures: WAIT },
  keySame: {
    fact: 'the Idempotency-Key were new, or the content the one it was first sent with',
    cures: [{ by: 'field', name: 'Idempotency-Key' }],
  },
  contentValid: MENDED,
  contentProcessable: MENDED,
  membersAllowed: { fact: '{members} were left out, or sent unchanged', cures: ERRORS },
  loginRate: { fact: 'fewer logins had failed of late', cures: WAIT },
  passwordShare: { fact: 'fewer passwords from this address were being worked on', cures: WAIT },
  notStale: { fact: 'nobody else were changing the item at the same time', cures: WAIT },
  loginRight: { fact: 'the account and the password belonged together', cures: CONTENT },
  noConflict: { fact: 'the present state did not stand against {members}', cures: ERRORS },
  stillValid: MENDED,
  stillProcessable: MENDED,
  upstreamUsable: { fact: 'the server behind this one had given a usable answer', cures: WAIT },
  upstreamInTime: { fact: 'the server behind this one had answered in time', cures: WAIT },
  room: { fact: 'there were room left to store it' },
  working: { fact: 'everything this server depends on were within reach', cures: WAIT },
  unforeseen: { fact: 'nothing unforeseen had happened on the server: the log says what, under the reference' },
}

/** Guards that are no roles: the end of "if the caller were …", and whose credentials it takes. */
export const GUARD: ReadonlyMap<string, GuardRow> = new Map([
  ['signedIn', { words: 'signed in' }],
  ['owner', { words: 'the owner of the item', who: 'owner' }],
  ['self', { words: 'the account itself', who: 'self' }],
])

export interface GuardRow {
  readonly words: string
  /** Without: anybody's. */
  readonly who?: 'owner' | 'self'
}

export const MISTAKE: ReadonlyMap<string, MistakeRow> = new Map<string, MistakeRow>([
  ['required', { fact: '{members} were there', change: 'set' }],
  ['taken', { fact: '{members} were not taken', change: 'set' }],
  // What nobody may send, or not this caller.
  ['unknown_parameter', { fact: '{members} were left out' }],
  ['unknown_member', { fact: '{members} were left out', change: 'leave' }],
  ['read_only', { fact: '{members} were left out', change: 'leave' }],
  ['not_allowed', { fact: '{members} were left out, or sent unchanged', change: 'leave' }],
  // Which items there are, no schema says.
  ['dangling', { fact: '{members} referred to an item that exists', change: 'choose' }],
  ['in_use', { fact: 'nothing referred to {members}' }],
])
