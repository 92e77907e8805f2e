/**
 * The graph from request to status. First row first; a request walks down until an edge is a status.
 *
 * The order is RFC 9110 §13.2.1's (everything that needs no content, then the preconditions, then
 * the content), and within that: what is cheap or reveals nothing comes first. This table is what
 * runs: swap the target of an edge, and an answer on the wire changes.
 */
import { ifMatchHolds, ifNoneMatchHolds, modifiedSince, namesVersion, unmodifiedSince } from './precondition.ts'
import { areEntityTags } from './etag.ts'
import { parseExpect } from './expectation.ts'
import { parseIdempotencyKey } from './idempotency-key.ts'
import { parseContentLength } from './content-length.ts'
import { parseMediaType } from './media-type.ts'
import { remember } from './remember.ts'
import { parseTransferEncoding } from './transfer-encoding.ts'
import { preferred } from './accept.ts'
import type { Method } from './method.ts'
import { table, type Node } from './decision.ts'
import type { Views } from './view.ts'

const READS = ['GET', 'HEAD'] as const satisfies readonly Method[]
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[]
const IMPLEMENTED: ReadonlySet<string> = new Set([...READS, ...WRITES, 'OPTIONS'])

/** Of a field that the row asks for: it is not asked where the field is absent. */
const given = (x: Pick<Views['wire'], 'field'>, name: string): string => x.field(name) as string

/** Clients send the same few values again and again. */
const essenceOf = remember((text: string) => parseMediaType(text)?.essence ?? '')

export const DECISIONS = table({
  // ── the connection ────────────────────────────────────────────────────────────────────────────
  headArrived: {
    phase: 'wire', rfc: '9110 §15.5.9',
    ask: 'Did the whole head section arrive in time?',
    test: (x) => x.broken !== 'late',
    answers: { yes: 'framing', no: 408 },
  },
  framing: {
    phase: 'wire', rfc: '9112 §3.2',
    ask: 'Is the message well formed, with exactly one Host?',
    test: (x) => x.broken !== 'syntax' && x.hosts === 1,
    answers: { yes: 'lengthKnown', no: 400 },
  },
  lengthKnown: {
    phase: 'wire', rfc: '9112 §6.3',
    ask: 'Is chunked the final transfer coding, so that the end of the content can be found?',
    field: 'transfer-encoding', absent: 'version',
    test: (x) => parseTransferEncoding(given(x, 'transfer-encoding'))?.at(-1) === 'chunked',
    answers: { yes: 'version', no: 400 },
  },
  version: {
    phase: 'wire', rfc: '9110 §15.6.6',
    ask: 'Is the major version of HTTP one that is served here?',
    test: (x) => x.broken !== 'version',
    answers: { yes: 'targetLength', no: 505 },
  },
  targetLength: {
    phase: 'wire', rfc: '9110 §15.5.15',
    ask: 'Is the target within the length limit?',
    test: (x) => x.broken !== 'target' && x.target.length <= x.limits.target,
    answers: { yes: 'fieldsLength', no: 414 },
  },
  fieldsLength: {
    phase: 'wire', rfc: '6585 §5',
    ask: 'Are the fields within the size limit?',
    test: (x) => x.broken !== 'fields',
    answers: { yes: 'methodKnown', no: 431 },
  },
  methodKnown: {
    phase: 'wire', rfc: '9110 §15.6.2',
    ask: 'Is the method implemented anywhere here?',
    test: (x) => x.broken !== 'method' && IMPLEMENTED.has(x.method),
    answers: { yes: 'transferCoding', no: 501 },
  },
  transferCoding: {
    phase: 'wire', rfc: '9112 §6.1',
    ask: 'Is chunked the only transfer coding?',
    field: 'transfer-encoding', absent: 'authority',
    test: (x) => parseTransferEncoding(given(x, 'transfer-encoding'))?.every((coding) => coding === 'chunked') === true,
    answers: { yes: 'authority', no: 501 },
  },
  authority: {
    phase: 'wire', rfc: '9110 §15.5.20',
    ask: 'Does this server answer for the authority and scheme of the target?',
    test: (x) => x.ours,
    answers: { yes: 'share', no: 421 },
  },
  share: {
    phase: 'wire', rfc: '6585 §4', sends: ['Retry-After'],
    ask: 'Does this address leave room for others: has it few enough requests in progress?',
    test: (x) => x.requestsOfAddress <= x.limits.requestsPerAddress,
    answers: { yes: 'capacity', no: 429 },
  },
  capacity: {
    phase: 'wire', rfc: '9110 §15.6.4', sends: ['Retry-After'],
    ask: 'Is there room for one more request at this moment?',
    test: (x) => x.requests <= x.limits.requests,
    answers: { yes: 'asterisk', no: 503 },
  },

  // ── the target ────────────────────────────────────────────────────────────────────────────────
  asterisk: {
    phase: 'route', rfc: '9110 §9.3.7', sends: ['Allow'],
    ask: 'The target is the server itself: is the method OPTIONS?',
    needs: ['asterisk'], without: 'route',
    test: (x) => x.method === 'OPTIONS',
    answers: { yes: 204, no: 400 },
  },
  route: {
    phase: 'route', rfc: '9110 §15.5.5',
    ask: 'Is there a resource under this path?',
    needs: ['unrouted'], without: 'pathValues',
    gives: 404,
  },
  pathValues: {
    phase: 'route', rfc: '9110 §15.5.5',
    ask: 'Do the variables of the path have their declared form?',
    needs: ['params'], without: 'notMoved',
    test: (x) => x.pathValid,
    answers: { yes: 'notMoved', no: 404 },
  },
  notMoved: {
    phase: 'route', rfc: '9110 §15.4.9',
    ask: 'Is this still the address of the resource?',
    needs: ['moved'], without: 'notMovedOld',
    gives: 308,
  },
  notMovedOld: {
    phase: 'route', rfc: '9110 §15.4.2',
    ask: 'Is this still the address of the resource, for user agents that know no 308?',
    needs: ['movedOld'], without: 'notMovedForNow',
    gives: 301,
  },
  notMovedForNow: {
    phase: 'route', rfc: '9110 §15.4.8',
    ask: 'Is the resource served from this address at present?',
    needs: ['movedForNow'], without: 'notGone',
    gives: 307,
  },
  notGone: {
    phase: 'route', rfc: '9110 §15.5.11',
    ask: 'Has the resource not been taken away for good?',
    needs: ['gone'], without: 'preflight',
    gives: 410,
  },
  preflight: {
    phase: 'route', rfc: 'Fetch §3.2.2', sends: ['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age'],
    ask: 'Is this the request itself, not a preflight that asks whether it may be sent?',
    methods: ['OPTIONS'], needs: ['cors'], without: 'methodAllowed',
    field: 'access-control-request-method', absent: 'methodAllowed',
    gives: 204,
  },
  methodAllowed: {
    phase: 'route', rfc: '9110 §15.5.6',
    ask: 'Does this resource have the method?',
    needs: ['otherMethod'], without: 'notOptions',
    gives: 405,
  },
  notOptions: {
    phase: 'route', rfc: '9110 §9.3.7', sends: ['Allow', 'Accept-Patch', 'Accept-Post'],
    ask: 'Is something asked of the resource, rather than what can be asked of it?',
    needs: ['options'], without: 'available',
    gives: 204,
  },
  available: {
    phase: 'route', rfc: '9110 §15.6.4', sends: ['Retry-After'],
    ask: 'Can the database be reached, as far as is known?',
    needs: ['store', 'unavailable'], without: 'credentials',
    test: (x) => x.reachable,
    answers: { yes: 'credentials', no: 503 },
  },

  // ── who is asking ─────────────────────────────────────────────────────────────────────────────
  credentials: {
    phase: 'caller', rfc: '9110 §11.6.2',
    ask: 'Whose credentials are these?',
    needs: ['accounts'], without: 'signedIn',
    field: 'authorization', absent: 'signedIn',
    awaits: 'credentials', next: 'credentialsValid',
  },
  credentialsValid: {
    phase: 'caller', rfc: '9110 §15.5.2',
    ask: 'Are the credentials that were sent valid?',
    needs: ['accounts'], without: 'signedIn',
    test: (x) => x.credentials !== 'invalid',
    answers: { yes: 'signedIn', no: 401 },
  },
  signedIn: {
    phase: 'caller', rfc: '9110 §15.5.2',
    ask: 'Is the caller known?',
    needs: ['guarded'], without: 'classAllowed',
    test: (x) => x.signedIn,
    answers: { yes: 'classAllowed', no: 401 },
  },
  classAllowed: {
    phase: 'caller', rfc: '9110 §15.5.4',
    ask: 'May a caller with this role do this here at all?',
    needs: ['roles'], without: 'expectation',
    test: (x) => x.classAllowed,
    answers: { yes: 'expectation', no: 403 },
  },

  // ── the rest of the head ──────────────────────────────────────────────────────────────────────
  expectation: {
    phase: 'head', rfc: '9110 §10.1.1',
    ask: 'Is 100-continue all that is expected?',
    field: 'expect', absent: 'query',
    test: (x) => parseExpect(given(x, 'expect')) !== 'other',
    answers: { yes: 'query', no: 417 },
  },
  query: {
    phase: 'head', rfc: '9110 §15.5.1',
    ask: 'Are all query parameters known and well formed?',
    test: (x) => x.queryErrors.length === 0,
    answers: { yes: 'ifMatchReadable', no: 400 },
  },
  ifMatchReadable: {
    phase: 'head', rfc: '9110 §13.1.1',
    ask: 'Is If-Match well formed?',
    field: 'if-match', absent: 'ifNoneMatchReadable',
    test: (x) => areEntityTags(given(x, 'if-match')),
    answers: { yes: 'ifNoneMatchReadable', no: 400 },
  },
  ifNoneMatchReadable: {
    phase: 'head', rfc: '9110 §13.1.2',
    ask: 'Is If-None-Match well formed?',
    field: 'if-none-match', absent: 'keyReadable',
    test: (x) => areEntityTags(given(x, 'if-none-match')),
    answers: { yes: 'keyReadable', no: 400 },
  },
  keyReadable: {
    phase: 'head', rfc: 'Idempotency-Key §2.1',
    ask: 'Is Idempotency-Key well formed?',
    needs: ['keyed'], without: 'keyKept',
    field: 'idempotency-key', absent: 'contentLength',
    test: (x) => parseIdempotencyKey(given(x, 'idempotency-key')) !== undefined,
    answers: { yes: 'contentLength', no: 400 },
  },
  // Ignored, it would have its sender repeat what makes one more secret each time.
  keyKept: {
    phase: 'head', rfc: 'Idempotency-Key §2.6',
    ask: 'Is the answer without a secret, so that it can be kept for an Idempotency-Key?',
    needs: ['secret'], without: 'contentLength',
    field: 'idempotency-key', absent: 'contentLength',
    gives: 400,
  },
  contentLength: {
    phase: 'head', rfc: '9110 §15.5.14',
    ask: 'Is the announced length of the content within the limit?',
    needs: ['content'], without: 'load',
    field: 'content-length', absent: 'contentCoding',
    test: (x) => (parseContentLength(given(x, 'content-length')) ?? Infinity) <= x.limits.content,
    answers: { yes: 'contentCoding', no: 413 },
  },
  contentCoding: {
    phase: 'head', rfc: '9110 §15.5.16', sends: ['Accept-Encoding'],
    ask: 'Is the content sent without a coding?',
    needs: ['content'], without: 'load',
    field: 'content-encoding', absent: 'contentTypeGiven',
    test: (x) => /^[\s,]*(identity[\s,]*)?$/i.test(given(x, 'content-encoding')),
    answers: { yes: 'contentTypeGiven', no: 415 },
  },
  contentTypeGiven: {
    phase: 'head', rfc: '9110 §8.3', sends: ['Accept', 'Accept-Post', 'Accept-Patch'],
    ask: 'If there is content, does Content-Type say what it is?',
    needs: ['content'], without: 'load',
    test: (x) => !x.hasContent || x.field('content-type') !== undefined,
    answers: { yes: 'contentType', no: 415 },
  },
  contentType: {
    phase: 'head', rfc: '9110 §15.5.16', sends: ['Accept', 'Accept-Post', 'Accept-Patch'],
    ask: 'Is the content of a media type that this operation takes?',
    needs: ['content'], without: 'load',
    field: 'content-type', absent: 'wholePut',
    test: (x) => !x.hasContent || x.takes.includes(essenceOf(given(x, 'content-type'))),
    answers: { yes: 'wholePut', no: 415 },
  },
  wholePut: {
    phase: 'head', rfc: '9110 §14.5',
    ask: 'Is the content of the PUT the whole representation?',
    methods: ['PUT'], needs: ['content'], without: 'load',
    field: 'content-range', absent: 'load',
    gives: 400,
  },

  // ── the item in its present state ─────────────────────────────────────────────────────────────
  load: {
    phase: 'state', rfc: '9110 §3.2',
    ask: 'What is under this target now?',
    needs: ['item'], without: 'acceptable',
    awaits: 'load', next: 'keySeen',
  },
  // After the load and before whatever it found is judged: a request that is told its key is new has
  // seen the item as it was before anybody else could have used the key.
  keySeen: {
    phase: 'state', rfc: 'Idempotency-Key §2.6',
    ask: 'What is known of the Idempotency-Key?',
    needs: ['item', 'keyed'], without: 'itemNotMoved',
    field: 'idempotency-key', absent: 'itemNotMoved',
    awaits: 'key', next: 'keyUnseen',
  },
  keyUnseen: {
    phase: 'state', rfc: 'Idempotency-Key §2.6',
    ask: 'Is it the first request with this Idempotency-Key? If not, what it did to the item does not stand against it.',
    needs: ['item', 'keyed'], without: 'itemNotMoved',
    test: (x) => !x.keySeen,
    answers: { yes: 'itemNotMoved', no: 'continue' },
  },
  itemNotMoved: {
    phase: 'state', rfc: '9110 §15.4.9',
    ask: 'Is this still the address of the item?',
    needs: ['item', 'moves'], without: 'itemNotMovedForNow',
    test: (x) => x.found !== 'moved',
    answers: { yes: 'itemNotMovedForNow', no: 308 },
  },
  itemNotMovedForNow: {
    phase: 'state', rfc: '9110 §15.4.8',
    ask: 'Is the item at this address at present?',
    needs: ['item', 'movesForNow'], without: 'itemNotGone',
    test: (x) => x.found !== 'movedForNow',
    answers: { yes: 'itemNotGone', no: 307 },
  },
  itemNotGone: {
    phase: 'state', rfc: '9110 §15.5.11',
    ask: 'Has the item not been taken away for good?',
    needs: ['item', 'goes'], without: 'exists',
    test: (x) => x.found !== 'gone',
    answers: { yes: 'exists', no: 410 },
  },
  exists: {
    phase: 'state', rfc: '9110 §15.5.5',
    ask: 'Does the item exist?',
    needs: ['item', 'mustExist'], without: 'itemVisible',
    test: (x) => x.found === 'found',
    answers: { yes: 'itemVisible', no: 404 },
  },
  itemVisible: {
    phase: 'state', rfc: '9110 §15.5.4',
    ask: 'May this caller know that the item exists?',
    needs: ['item', 'hide'], without: 'itemSignedIn',
    test: (x) => x.itemVisible,
    answers: { yes: 'itemSignedIn', no: 404 },
  },
  itemSignedIn: {
    phase: 'state', rfc: '9110 §15.5.2',
    ask: 'Is the item open to everybody, or the caller known?',
    needs: ['item', 'itemRule', 'anonymousItem'], without: 'itemAllowed',
    test: (x) => x.signedIn || x.itemAllowed,
    answers: { yes: 'itemAllowed', no: 401 },
  },
  itemAllowed: {
    phase: 'state', rfc: '9110 §15.5.4',
    ask: 'May this caller do this to this item?',
    needs: ['item', 'itemRule'], without: 'stateAllows',
    test: (x) => x.itemAllowed,
    answers: { yes: 'stateAllows', no: 403 },
  },
  stateAllows: {
    phase: 'state', rfc: '9110 §15.5.10',
    ask: 'Does the present state of the item permit this?',
    needs: ['item', 'state'], without: 'acceptable',
    test: (x) => x.stateErrors.length === 0,
    answers: { yes: 'acceptable', no: 409 },
  },
  acceptable: {
    phase: 'state', rfc: '9110 §15.5.7',
    ask: 'Is there a representation of a media type the client accepts?',
    methods: READS, needs: ['negotiated'], without: 'conditional',
    field: 'accept', absent: 'conditional',
    test: (x) => preferred(x.field('accept'), x.offers) !== undefined,
    answers: { yes: 'conditional', no: 406 },
  },

  // ── preconditions, in the order of RFC 9110 §13.2.2 ───────────────────────────────────────────
  conditional: {
    phase: 'preconditions', rfc: '6585 §3',
    ask: 'Does the request say which version of the item it means?',
    needs: ['conditionRequired'], without: 'ifMatch',
    test: (x) => namesVersion(x.field('if-match'), x.field('if-none-match'), x.field('if-unmodified-since'), x.lastModified, x.now),
    answers: { yes: 'ifMatch', no: 428 },
  },
  ifMatch: {
    phase: 'preconditions', rfc: '9110 §13.1.1',
    ask: 'Does a tag in If-Match equal, strongly, the current ETag?',
    needs: ['selects'], without: 'ifMatchUnversioned',
    field: 'if-match', absent: 'ifUnmodifiedSince',
    test: (x) => ifMatchHolds(given(x, 'if-match'), x.etag, x.found === 'found'),
    answers: { yes: 'ifNoneMatch', no: 412 },
  },
  // Who names a version relies on it, also where there is none to compare with: false, and so not done.
  ifMatchUnversioned: {
    phase: 'preconditions', rfc: '9110 §13.1.1',
    ask: 'Without a version no tag can be equal: is If-Match *, and is something here?',
    needs: ['represented'], without: 'ifMatchUnrepresented',
    field: 'if-match', absent: 'ifUnmodifiedSince',
    test: (x) => ifMatchHolds(given(x, 'if-match'), undefined, x.found === 'found'),
    answers: { yes: 'ifNoneMatch', no: 412 },
  },
  ifMatchUnrepresented: {
    phase: 'preconditions', rfc: '9110 §13.1.1',
    ask: 'Is there a representation here for If-Match to be about?',
    needs: ['unrepresented'], without: 'ifNoneMatch',
    field: 'if-match', absent: 'continue',
    gives: 412,
  },
  ifUnmodifiedSince: {
    phase: 'preconditions', rfc: '9110 §13.1.4',
    ask: 'Is the item unchanged since the date in If-Unmodified-Since?',
    needs: ['modified'], without: 'ifNoneMatch',
    field: 'if-unmodified-since', absent: 'ifNoneMatch',
    test: (x) => unmodifiedSince(given(x, 'if-unmodified-since'), x.lastModified, x.now),
    answers: { yes: 'ifNoneMatch', no: 412 },
  },
  ifNoneMatch: {
    phase: 'preconditions', rfc: '9110 §13.1.2',
    ask: 'Is every tag in If-None-Match different from the current ETag, so that this is news to the client?',
    methods: READS, without: 'ifNoneMatchWrite',
    field: 'if-none-match', absent: 'ifModifiedSince',
    test: (x) => ifNoneMatchHolds(given(x, 'if-none-match'), x.etag, x.found === 'found'),
    answers: { yes: 'reads', no: 304 },
  },
  ifNoneMatchWrite: {
    phase: 'preconditions', rfc: '9110 §13.1.2',
    ask: 'Is there nothing here yet that If-None-Match rules out?',
    methods: WRITES, needs: ['represented'], without: 'reads',
    field: 'if-none-match', absent: 'reads',
    test: (x) => ifNoneMatchHolds(given(x, 'if-none-match'), x.etag, x.found === 'found'),
    answers: { yes: 'reads', no: 412 },
  },
  ifModifiedSince: {
    phase: 'preconditions', rfc: '9110 §13.1.3',
    ask: 'Has the item changed since the date in If-Modified-Since?',
    methods: READS, needs: ['modified'], without: 'reads',
    field: 'if-modified-since', absent: 'reads',
    test: (x) => modifiedSince(given(x, 'if-modified-since'), x.lastModified, x.now),
    answers: { yes: 'reads', no: 304 },
  },
  reads: {
    phase: 'preconditions', rfc: '9110 §9.3.1',
    ask: 'Is there more to do than to send the representation?',
    methods: READS, needs: ['reads'], without: 'continue',
    gives: 200,
  },

  // ── the content ───────────────────────────────────────────────────────────────────────────────
  continue: {
    phase: 'content', rfc: '9110 §10.1.1',
    ask: 'The client waits for leave to send the content: give it.',
    needs: ['content'], without: 'keyClaimed',
    field: 'expect', absent: 'content',
    interim: 100, next: 'content',
  },
  content: {
    phase: 'content', rfc: '9110 §6.4',
    ask: 'What does the content say?',
    needs: ['content'], without: 'keyClaimed',
    awaits: 'content', next: 'contentArrived',
  },
  contentArrived: {
    phase: 'content', rfc: '9110 §15.5.9',
    ask: 'Did the whole content arrive in time?',
    needs: ['content'], without: 'keyClaimed',
    test: (x) => x.content !== 'late',
    answers: { yes: 'contentSize', no: 408 },
  },
  contentSize: {
    phase: 'content', rfc: '9110 §15.5.14',
    ask: 'Was the content within the limit to its end?',
    needs: ['content'], without: 'keyClaimed',
    test: (x) => x.content !== 'tooLarge',
    answers: { yes: 'contentParses', no: 413 },
  },
  contentParses: {
    phase: 'content', rfc: '9110 §15.5.1',
    ask: 'Is the content well formed?',
    needs: ['content'], without: 'keyClaimed',
    test: (x) => x.content !== 'malformed',
    answers: { yes: 'keyClaimed', no: 400 },
  },
  keyClaimed: {
    phase: 'content', rfc: 'Idempotency-Key §2.6',
    ask: 'Whose is the Idempotency-Key: of this request, or of one before it?',
    needs: ['keyed'], without: 'contentValid',
    field: 'idempotency-key', absent: 'contentValid',
    awaits: 'claim', next: 'keyIdle',
  },
  keyIdle: {
    phase: 'content', rfc: 'Idempotency-Key §2.6', sends: ['Retry-After'],
    ask: 'Is no other request with this Idempotency-Key still at work?',
    needs: ['keyed'], without: 'contentValid',
    test: (x) => x.key !== 'running',
    answers: { yes: 'keyNew', no: 409 },
  },
  keyNew: {
    phase: 'content', rfc: 'Idempotency-Key §2.6',
    ask: 'Is the Idempotency-Key new?',
    needs: ['keyed'], without: 'contentValid',
    test: (x) => x.key === 'new',
    answers: { yes: 'contentValid', no: 'keySame' },
  },
  keySame: {
    phase: 'content', rfc: 'Idempotency-Key §2.7',
    ask: 'Is this the content that the Idempotency-Key was first sent with, so that the first answer is given again?',
    needs: ['content', 'keyed'], without: 'noConflict',
    test: (x) => x.key !== 'otherContent',
    answers: { yes: 'noConflict', no: 422 },
  },
  contentValid: {
    phase: 'content', rfc: '9110 §15.5.1',
    ask: 'Does every member fit the declaration?',
    needs: ['content', 'schema'], without: 'contentProcessable',
    test: (x) => x.contentErrors.length === 0,
    answers: { yes: 'membersAllowed', no: 400 },
  },
  contentProcessable: {
    phase: 'content', rfc: '9110 §15.5.21',
    ask: 'Does every member fit the declaration, which is answered apart from syntax here?',
    needs: ['content', 'schema422'], without: 'membersAllowed',
    test: (x) => x.contentErrors.length === 0,
    answers: { yes: 'membersAllowed', no: 422 },
  },
  membersAllowed: {
    phase: 'content', rfc: '9110 §15.5.4',
    ask: 'May this caller set every member that was sent?',
    needs: ['content', 'members'], without: 'loginRate',
    test: (x) => x.forbiddenMembers.length === 0,
    answers: { yes: 'loginRate', no: 403 },
  },
  loginRate: {
    phase: 'content', rfc: '6585 §4', sends: ['Retry-After'],
    ask: 'Have there been few enough failed logins for this account from this address?',
    needs: ['login'], without: 'passwordShare',
    test: (x) => x.mayTry,
    answers: { yes: 'passwordShare', no: 429 },
  },
  passwordShare: {
    phase: 'content', rfc: '6585 §4', sends: ['Retry-After'],
    ask: 'If there is a password to be hashed, has this address few enough of them at work or waiting?',
    needs: ['passwords'], without: 'perform',
    test: (x) => x.mayHash,
    answers: { yes: 'perform', no: 429 },
  },

  // ── the act and what came of it ───────────────────────────────────────────────────────────────
  perform: {
    phase: 'perform', rfc: '9110 §9',
    ask: 'What comes of it?',
    needs: ['performs'], without: 'unforeseen',
    awaits: 'perform', next: 'notStale',
  },
  notStale: {
    phase: 'outcome', rfc: '9110 §15.5.10',
    ask: 'Was the item that was changed still the one that was judged?',
    needs: ['performs', 'stale'], without: 'loginRight',
    test: (x) => x.outcome !== 'stale',
    answers: { yes: 'loginRight', no: 409 },
  },
  loginRight: {
    phase: 'outcome', rfc: '9110 §15.5.2',
    ask: 'Do the account and the password belong together?',
    needs: ['performs', 'login'], without: 'noConflict',
    test: (x) => x.outcome !== 'wrongLogin',
    answers: { yes: 'noConflict', no: 401 },
  },
  noConflict: {
    phase: 'outcome', rfc: '9110 §15.5.10',
    ask: 'Is there nothing in the present state that stands against it?',
    needs: ['performs', 'conflict'], without: 'stillValid',
    test: (x) => x.outcome !== 'conflict',
    answers: { yes: 'stillValid', no: 409 },
  },
  stillValid: {
    phase: 'outcome', rfc: '9110 §15.5.1',
    ask: 'Did the content turn out to be right when it was used?',
    needs: ['performs', 'invalid'], without: 'stillProcessable',
    test: (x) => x.outcome !== 'invalid',
    answers: { yes: 'finished', no: 400 },
  },
  stillProcessable: {
    phase: 'outcome', rfc: '9110 §15.5.21',
    ask: 'Did the content turn out to be right when it was used, which is answered apart from syntax here?',
    needs: ['performs', 'invalid422'], without: 'finished',
    test: (x) => x.outcome !== 'invalid',
    answers: { yes: 'finished', no: 422 },
  },
  finished: {
    phase: 'outcome', rfc: '9110 §15.3.3', sends: ['Location'],
    ask: 'Is the work done, not merely accepted?',
    needs: ['performs', 'accepted'], without: 'created',
    test: (x) => x.outcome !== 'accepted',
    answers: { yes: 'created', no: 202 },
  },
  created: {
    phase: 'outcome', rfc: '9110 §15.3.2',
    ask: 'Was a resource created?',
    needs: ['performs', 'created'], without: 'seeOther',
    test: (x) => x.outcome === 'created',
    answers: { yes: 201, no: 'seeOther' },
  },
  seeOther: {
    phase: 'outcome', rfc: '9110 §15.4.4',
    ask: 'Is the result to be looked at elsewhere?',
    needs: ['performs', 'seeOther'], without: 'deleted',
    test: (x) => x.outcome === 'seeOther',
    answers: { yes: 303, no: 'deleted' },
  },
  deleted: {
    phase: 'outcome', rfc: '9110 §9.3.5',
    ask: 'Was the item deleted?',
    needs: ['performs', 'deleted'], without: 'replies',
    test: (x) => x.outcome === 'deleted',
    answers: { yes: 204, no: 'replies' },
  },
  replies: {
    phase: 'outcome', rfc: '9110 §15.3.5',
    ask: 'Is there a representation to send, and is it wanted?',
    needs: ['performs', 'replies'], without: 'unforeseen',
    test: (x) => x.wantsContent,
    answers: { yes: 200, no: 204 },
  },

  // ── something was thrown: the second way in ───────────────────────────────────────────────────
  upstreamUsable: {
    phase: 'fault', rfc: '9110 §15.6.3',
    ask: 'Did the server behind this one give a usable answer?',
    needs: ['upstream'], without: 'room',
    test: (x) => x.fault !== 'badUpstream',
    answers: { yes: 'upstreamInTime', no: 502 },
  },
  upstreamInTime: {
    phase: 'fault', rfc: '9110 §15.6.5',
    ask: 'Did the server behind this one answer in time?',
    needs: ['upstream'], without: 'room',
    test: (x) => x.fault !== 'upstreamTimeout',
    answers: { yes: 'room', no: 504 },
  },
  room: {
    phase: 'fault', rfc: '4918 §11.5',
    ask: 'Is there room to store it?',
    needs: ['writes'], without: 'working',
    test: (x) => x.fault !== 'full',
    answers: { yes: 'working', no: 507 },
  },
  working: {
    phase: 'fault', rfc: '9110 §15.6.4', sends: ['Retry-After'],
    ask: 'Is everything this server depends on within reach?',
    needs: ['unavailable'], without: 'unforeseen',
    test: (x) => x.fault !== 'unavailable',
    answers: { yes: 'unforeseen', no: 503 },
  },
  unforeseen: {
    phase: 'fault', rfc: '9110 §15.6.1',
    ask: 'Was this foreseen?',
    gives: 500,
  },
} as const satisfies Record<string, Node>)

export type Decisions = typeof DECISIONS
export type DecisionId = keyof Decisions

/** Where a request comes in, where it is judged again, and where anything thrown comes in. */
export const ENTRY = 'headArrived' satisfies DecisionId
export const AGAIN_ENTRY = 'credentials' satisfies DecisionId
export const FAULT_ENTRY = 'upstreamUsable' satisfies DecisionId
