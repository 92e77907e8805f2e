/**
 * Every registered status code in plain words: what it means, when to send it, what to do about it.
 *
 * Stands apart from the facts in `status.ts`, and no rule reads it, so that a client's bundle carries none.
 * Pinned by: prose.test.ts (every code, every pair, no empty sentence).
 */
import { ESSENTIAL, STATUS_CODES, type StatusCode } from './status.ts'

export interface Prose {
  readonly meaning: string
  /** When to send it. */
  readonly server: string
  /** What to do about it. */
  readonly client: string
  /** The question that tells it from another; the answer that leads here is yes. */
  readonly confusedWith: readonly { readonly code: StatusCode; readonly question: string }[]
}

export interface Pair {
  readonly codes: readonly StatusCode[]
  /** The one question that decides. */
  readonly question: string
  /** Which answer leads to which code. */
  readonly answers: { readonly [code in StatusCode]?: string }
}

/** Every registered code, the ten essential ones first. */
export function readingOrder(): readonly StatusCode[] {
  return [...new Set([...ESSENTIAL, ...STATUS_CODES])]
}

export const PAIRS: readonly Pair[] = [
  {
    codes: [401, 403],
    question: 'Does the server know who is asking?',
    answers: { 401: 'No: sign in.', 403: 'Yes, or signing in would change nothing: the answer is no.' },
  },
  {
    codes: [400, 422],
    question: 'Can the server read the content at all?',
    answers: {
      400: 'No: it is malformed. It also stands for any other fault of a request that has no code of its own.',
      422: 'Yes: it is well formed, and what it says cannot be done.',
    },
  },
  {
    codes: [409, 412],
    question: 'Did the request itself name the state it relied on?',
    answers: {
      409: 'No: the server found the conflict.',
      412: 'Yes, in a condition such as If-Match, and it is false.',
    },
  },
  {
    codes: [409, 422],
    question: 'Could the same content be right at another time?',
    answers: { 409: 'Yes: only the present state stands against it.', 422: 'No: it is wrong in any state.' },
  },
  {
    codes: [301, 308],
    question: 'Must a POST stay a POST at the new address?',
    answers: { 301: 'No: a client may make a GET of it.', 308: 'Yes: method and content are kept.' },
  },
  {
    codes: [302, 303, 307],
    question: 'Which method should be used at the other address?',
    answers: {
      302: 'It is left open: most clients make a GET of a POST.',
      303: 'GET, always: the outcome is to be read there.',
      307: 'The same one, with the same content: it is to be done there.',
    },
  },
  {
    codes: [404, 410],
    question: 'Is it known to be gone for good?',
    answers: { 404: 'No: it may come back, or never was.', 410: 'Yes: links to it should go as well.' },
  },
  {
    codes: [404, 403],
    question: 'May this caller know that it exists?',
    answers: { 404: 'No: then a refusal looks like an absence.', 403: 'Yes: then it is refused openly.' },
  },
  {
    codes: [500, 503],
    question: 'Does the server know what is wrong, and that it will pass?',
    answers: { 500: 'No: nobody foresaw it.', 503: 'Yes: overload, maintenance, or a database known to be away.' },
  },
  {
    codes: [502, 504],
    question: 'Did the server behind this one answer?',
    answers: { 502: 'Yes, with something that cannot be used.', 504: 'No, not in time.' },
  },
  {
    codes: [200, 204],
    question: 'Is there something to send back?',
    answers: { 200: 'Yes, even if it is an empty list.', 204: 'No: success is the whole message.' },
  },
  {
    codes: [201, 202],
    question: 'Is the work done now?',
    answers: { 201: 'Yes: the new resource is there.', 202: 'No: it is accepted, and may still fail.' },
  },
]

export const PROSE: { readonly [code in StatusCode]: Prose } = {
  100: {
    meaning: 'The head of the request is in order; the content may follow.',
    server: 'To a request with Expect: 100-continue, once nothing in its head speaks against reading the content.',
    client: 'Send the content and wait for the real answer. A library does this for you.',
    confusedWith: [
      { code: 417, question: 'Can the expectation be met?' },
      { code: 102, question: 'Is it about leave to send the content?' },
    ],
  },
  101: {
    meaning: 'From here on this connection speaks another protocol.',
    server: 'When a client offered that protocol in Upgrade and the server takes up the offer, as for a WebSocket.',
    client: 'Speak the protocol that Upgrade names.',
    confusedWith: [{ code: 426, question: 'Was it the client who proposed the other protocol?' }],
  },
  102: {
    meaning: 'The request has arrived, and there is no answer yet.',
    server: 'No longer. Work that takes long is accepted with 202.',
    client: 'Keep waiting.',
    confusedWith: [
      { code: 202, question: 'Does the connection stay open for the real answer?' },
      { code: 100, question: 'Has the whole request arrived?' },
    ],
  },
  103: {
    meaning: 'The answer is being made; these links will be needed with it.',
    server: 'Before a page that is slow to make, with Link fields for what the browser can fetch meanwhile.',
    client: 'Start fetching what Link names, if you like. Nothing else in it belongs to the answer.',
    confusedWith: [{ code: 100, question: 'Is it a hint about what will be needed?' }],
  },
  104: {
    meaning: 'This upload can be resumed if it breaks off.',
    server: 'Only where resumable uploads are implemented, and only to clients that ask for them.',
    client: 'Keep the address in Location for a second try. Who knows nothing of it ignores it.',
    confusedWith: [{ code: 100, question: 'Is it about resuming the upload?' }],
  },
  200: {
    meaning: 'It worked, and here is the outcome.',
    server: 'For a read that found something, an empty list included, and for a write that has something to show.',
    client: 'Use the content: after GET the resource as it is now, after anything else the outcome.',
    confusedWith: [
      { code: 204, question: 'Is there something to send back?' },
      { code: 201, question: 'Did it bring nothing new into being?' },
      { code: 202, question: 'Is the work done?' },
    ],
  },
  201: {
    meaning: 'It worked, and something new exists.',
    server:
      'When the new resource is there before the answer leaves. Location says where, if it is not the address asked.',
    client: 'Go on with the address in Location. A second POST would make another.',
    confusedWith: [
      { code: 200, question: 'Did the request bring something new into being?' },
      { code: 202, question: 'Is the work done now?' },
      { code: 303, question: 'Was it made just now, by this request?' },
    ],
  },
  202: {
    meaning: 'It was accepted and is not done yet. It may still fail.',
    server: 'When the work is put off. Say where its progress can be seen.',
    client: 'Do not take it for done. Look at the address it gives until that says how it ended.',
    confusedWith: [
      { code: 201, question: 'Is the work still to be done?' },
      { code: 200, question: 'Is the outcome still open?' },
    ],
  },
  203: {
    meaning: 'It worked, and something on the way has altered the content.',
    server: 'For proxies that transform. An origin server has no use for it.',
    client: 'Take it for a 200 that is not quite the original.',
    confusedWith: [{ code: 200, question: 'Was the content altered on its way?' }],
  },
  204: {
    meaning: 'It worked, and there is nothing to send back.',
    server: 'After a deletion, or a write whose outcome nobody asked to see. It has no content, and no Content-Length.',
    client: 'Carry on. There is nothing to parse.',
    confusedWith: [
      { code: 200, question: 'Is success the whole message?' },
      { code: 205, question: 'Should the view stay as it is?' },
      { code: 404, question: 'Did something happen, rather than nothing being found?' },
    ],
  },
  205: {
    meaning: 'It worked; clear the form for the next entry.',
    server: 'For forms that are filled in again and again. An API sends 204.',
    client: 'Reset what was entered.',
    confusedWith: [{ code: 204, question: 'Should the form be emptied?' }],
  },
  206: {
    meaning: 'Here is the part that was asked for.',
    server: 'To a GET with a Range that can be met. Pages of a list are no parts: they are 200 with links.',
    client: 'Read in Content-Range which part it is. Join parts only if their strong validators are equal.',
    confusedWith: [
      { code: 200, question: 'Is it less than the whole?' },
      { code: 416, question: 'Does the part exist?' },
    ],
  },
  207: {
    meaning: 'Several things were done, and each has a status of its own inside.',
    server: 'In WebDAV, or for a batch whose parts may fail one by one. Document it.',
    client: 'Read every status inside before you call it a success.',
    confusedWith: [{ code: 200, question: 'Can some parts have failed?' }],
  },
  208: {
    meaning: 'Inside a 207: this was listed already.',
    server: 'In WebDAV with bindings, never as the status of a response.',
    client: 'Skip the entry.',
    confusedWith: [
      { code: 207, question: 'Is it an entry, rather than the whole answer?' },
      { code: 508, question: 'Does the client know bindings?' },
    ],
  },
  226: {
    meaning: 'Here is what changed since the copy you hold.',
    server: 'Only for a client that asked for deltas with A-IM. Hardly anybody does.',
    client: 'Apply the delta to the copy.',
    confusedWith: [{ code: 206, question: 'Is it a difference, rather than a part?' }],
  },
  300: {
    meaning: 'There are several, each at an address of its own: choose.',
    server: 'When you really want the client to choose. Most servers choose by Accept and send 200.',
    client: 'Choose one of those listed, or follow Location if it is there.',
    confusedWith: [
      { code: 303, question: 'Is there more than one to choose from?' },
      { code: 406, question: 'Would any of them do?' },
    ],
  },
  301: {
    meaning: 'It moved for good.',
    server: 'When a page or endpoint that is read with GET has a new address. For other methods 308 is clearer.',
    client: 'Go to Location, and mend the link. A POST may have become a GET.',
    confusedWith: [
      { code: 308, question: 'May a POST become a GET on the way?' },
      { code: 302, question: 'Is the move for good?' },
      { code: 410, question: 'Has it a new address?' },
    ],
  },
  302: {
    meaning: 'It is somewhere else for now.',
    server: 'For pages, where browsers expect it. In an API 303 or 307 says what is meant.',
    client: 'Go to Location this once; keep the old address. A POST may have become a GET.',
    confusedWith: [
      { code: 303, question: 'Is it left open what becomes of the method?' },
      { code: 307, question: 'Is it left open what becomes of the method?' },
      { code: 301, question: 'Is it only for now?' },
    ],
  },
  303: {
    meaning: 'The outcome can be read over there.',
    server:
      'After a POST whose result is at another address, or when some long work is done and its outcome is elsewhere.',
    client: 'GET Location. It is not the resource you addressed, but what came of it.',
    confusedWith: [
      { code: 302, question: 'Is the next request a GET in any case?' },
      { code: 307, question: 'Is the next request a GET in any case?' },
      { code: 201, question: 'Is the client to read on elsewhere, whether or not something new was made?' },
    ],
  },
  304: {
    meaning: 'Nothing changed: the copy you hold is good.',
    server:
      'To a conditional GET or HEAD, while the copy of the client is current. It has the fields of a 200 that keep the copy fresh, and no content.',
    client: 'Use your copy, and take over the fields that came.',
    confusedWith: [
      { code: 200, question: 'Does the client hold the current state already?' },
      { code: 412, question: 'Was it a read?' },
      { code: 204, question: 'Is there content, which the client holds already?' },
    ],
  },
  305: {
    meaning: 'A relic: the resource was to be fetched through a proxy.',
    server: 'Never.',
    client: 'Do not obey it. A stranger does not choose your proxy.',
    confusedWith: [{ code: 407, question: 'Was a proxy only proposed?' }],
  },
  306: {
    meaning: 'Nothing. The number is reserved.',
    server: 'Never.',
    client: 'Take it for a 300.',
    confusedWith: [],
  },
  307: {
    meaning: 'Do the same over there, this once.',
    server: 'For a detour that must keep method and content.',
    client: 'Send the same request to Location. Keep the old address for the next time.',
    confusedWith: [
      { code: 308, question: 'Is it only for now?' },
      { code: 302, question: 'Must the method stay the same?' },
      { code: 303, question: 'Is the same method to be used there?' },
    ],
  },
  308: {
    meaning: 'It moved for good; do the same over there from now on.',
    server: 'When an endpoint has a new address and a POST has to stay a POST.',
    client: 'Send the same request to Location, and use that address from now on.',
    confusedWith: [
      { code: 301, question: 'Must a POST stay a POST at the new address?' },
      { code: 307, question: 'Is the move for good?' },
    ],
  },
  400: {
    meaning: 'Something is wrong with what was sent.',
    server:
      'When the request cannot be read, or does not fit, and no other 4xx says it better. Name everything that is wrong.',
    client: 'Do not send it again as it is. Show what is wrong and have it mended.',
    confusedWith: [
      { code: 422, question: 'Is it malformed, or a fault with no code of its own?' },
      { code: 415, question: 'Is it of a type that is taken here?' },
      { code: 409, question: 'Is it wrong in any state?' },
      { code: 500, question: 'Is it the request that has to change?' },
    ],
  },
  401: {
    meaning: 'I do not know who you are.',
    server: 'When credentials are missing, wrong, expired or revoked. WWW-Authenticate says how to sign in.',
    client: 'Get credentials and try once more. If the same challenge comes back, they were not right.',
    confusedWith: [
      { code: 403, question: 'Is it still unknown who is asking?' },
      { code: 404, question: 'May a stranger know that there is something to sign in for?' },
      { code: 407, question: 'Is it the origin that asks, and no proxy?' },
    ],
  },
  402: {
    meaning: 'It costs something.',
    server:
      'By agreement with your clients only: nothing general is defined. 403 with a problem type is understood by all.',
    client: 'See what the service has written about it.',
    confusedWith: [
      { code: 403, question: 'Would paying change the answer?' },
      { code: 429, question: 'Is it about money, rather than pace?' },
    ],
  },
  403: {
    meaning: 'I understand, and you may not.',
    server: 'When it is known who is asking, or does not matter, and the answer is no.',
    client: 'Do not repeat it with the same credentials. Tell the user that the right is missing.',
    confusedWith: [
      { code: 401, question: 'Is it known who is asking?' },
      { code: 404, question: 'May the caller know that it exists?' },
      { code: 405, question: 'May somebody else do it here?' },
      { code: 409, question: 'Is it the caller, rather than the state, that stands against it?' },
    ],
  },
  404: {
    meaning: 'There is nothing here.',
    server: 'When no resource is at this address, or you would rather not admit to one.',
    client: 'Check the address. Say that it is not there.',
    confusedWith: [
      { code: 410, question: 'Is it open whether it comes back?' },
      { code: 403, question: 'Must the caller not know that it exists?' },
      { code: 405, question: 'Would any other method find nothing either?' },
      { code: 204, question: 'Is it the resource that is missing, rather than something to say about it?' },
    ],
  },
  405: {
    meaning: 'The resource is here; this method is not for it.',
    server: 'When the method works elsewhere and not here. Allow lists those that do.',
    client: 'Choose a method from Allow.',
    confusedWith: [
      { code: 501, question: 'Does the method work on any resource of this server?' },
      { code: 404, question: 'Is there a resource at this address?' },
      { code: 403, question: 'Is it refused to everybody?' },
    ],
  },
  406: {
    meaning: 'I have nothing in a form you accept.',
    server: 'When nothing fits Accept and a form that was not asked for would be of no use. Sending one is allowed.',
    client: 'Accept a form that is offered, or leave Accept away.',
    confusedWith: [{ code: 415, question: 'Is it about what the client wants, rather than what it sent?' }],
  },
  407: {
    meaning: 'The proxy does not know who you are.',
    server: 'For proxies. Proxy-Authenticate says how to sign in.',
    client: 'Sign in at the proxy and try again.',
    confusedWith: [
      { code: 401, question: 'Is it a proxy that asks?' },
      { code: 511, question: 'Was the proxy chosen by the client?' },
    ],
  },
  408: {
    meaning: 'I waited, and the request did not arrive in full.',
    server: 'When a client is too slow to send. A handler that is too slow is no reason.',
    client: 'Send it again over a new connection; if that could do harm, look first whether it went through.',
    confusedWith: [
      { code: 504, question: 'Was it the client that was slow?' },
      { code: 503, question: 'Was the server ready to read it?' },
    ],
  },
  409: {
    meaning: 'It conflicts with the present state.',
    server:
      'When a value is taken, when others refer to the item, or when its state does not permit it. Say what would help.',
    client: 'Look at the present state, change the request to fit it, and send again.',
    confusedWith: [
      { code: 412, question: 'Was it the server that found the conflict?' },
      { code: 422, question: 'Could the same content be right at another time?' },
      { code: 423, question: 'Is it something other than a WebDAV lock?' },
      { code: 400, question: 'Is the request well made, and only the state against it?' },
    ],
  },
  410: {
    meaning: 'It was here and is gone for good.',
    server: 'When it was taken away on purpose and will not come back.',
    client: 'Remove the link. Do not ask again.',
    confusedWith: [
      { code: 404, question: 'Is it known to be gone for good?' },
      { code: 308, question: 'Has nothing taken its place?' },
    ],
  },
  411: {
    meaning: 'Say how long the content is.',
    server: 'When content of unknown length is refused.',
    client: 'Send it again with Content-Length.',
    confusedWith: [
      { code: 413, question: 'Is the length unknown, rather than too great?' },
      { code: 400, question: 'Is the length missing, rather than malformed?' },
    ],
  },
  412: {
    meaning: 'It is no longer as your condition says.',
    server: 'When If-Match or If-Unmodified-Since is false; on anything but a read, If-None-Match as well.',
    client: 'Somebody else was faster. Read it again, apply your change again, and send it with the new tag.',
    confusedWith: [
      { code: 409, question: 'Did the request itself say which state it relied on?' },
      { code: 428, question: 'Was there a condition?' },
      { code: 304, question: 'Was it a write?' },
    ],
  },
  413: {
    meaning: 'The content is too large.',
    server: 'When it is larger than you will process. Say what the limit is.',
    client: 'Send less. With Retry-After, it may fit later.',
    confusedWith: [
      { code: 414, question: 'Is it the content that is too long?' },
      { code: 431, question: 'Is it the content that is too large?' },
      { code: 507, question: 'Would it be refused with any amount of room?' },
    ],
  },
  414: {
    meaning: 'The address is too long.',
    server: 'When the target is longer than you will parse. Eight thousand octets should be fine.',
    client: 'Move data from the query into the content. Look for a redirect that keeps adding to the address.',
    confusedWith: [
      { code: 413, question: 'Is it the address that is too long?' },
      { code: 431, question: 'Is it the address that is too long?' },
    ],
  },
  415: {
    meaning: 'I do not take content of this type.',
    server: 'When Content-Type or Content-Encoding is not one that this operation takes. Name those it does.',
    client: 'Send another type, or send it without compression.',
    confusedWith: [
      { code: 406, question: 'Is it about what the client sent?' },
      { code: 400, question: 'Is the type wrong, rather than the content?' },
      { code: 422, question: 'Is the type wrong, rather than the meaning?' },
    ],
  },
  416: {
    meaning: 'There is no such part.',
    server: 'When no range that was asked for exists. Content-Range says how long the whole is.',
    client: 'Ask for a part that exists, or for the whole.',
    confusedWith: [{ code: 206, question: 'Does no range fit?' }],
  },
  417: {
    meaning: 'I cannot do what Expect says.',
    server: 'When Expect holds anything but 100-continue.',
    client: 'Send it again without Expect.',
    confusedWith: [
      { code: 412, question: 'Is it about Expect, rather than a condition?' },
      { code: 100, question: 'Is it impossible to meet the expectation?' },
    ],
  },
  418: {
    meaning: 'Nothing. The number is reserved, thanks to an old joke about a teapot.',
    server: 'Never.',
    client: 'Take it for a 400.',
    confusedWith: [],
  },
  421: {
    meaning: 'You have reached the wrong server.',
    server: 'When the request is for an authority that this server does not answer for.',
    client: 'Send it again over a connection of its own.',
    confusedWith: [
      { code: 404, question: 'Is the server wrong, rather than the path?' },
      { code: 400, question: 'Is Host well formed?' },
    ],
  },
  422: {
    meaning: 'I can read it, and cannot do what it says.',
    server: 'When content is well formed and what it says cannot be done. 400 is as correct; keep to one.',
    client: 'Show what is wrong, member by member, and have it mended.',
    confusedWith: [
      { code: 400, question: 'Can the content be read?' },
      { code: 409, question: 'Is it wrong in any state?' },
      { code: 415, question: 'Is the type one that is taken here?' },
    ],
  },
  423: {
    meaning: 'It is locked.',
    server: 'For WebDAV locks. An API whose items can be busy sends 409.',
    client: 'Wait until the lock is gone, or send its token.',
    confusedWith: [
      { code: 409, question: 'Is it a WebDAV lock?' },
      { code: 403, question: 'Will the obstacle go by itself?' },
    ],
  },
  424: {
    meaning: 'Inside a 207: this failed because another part did.',
    server: 'In WebDAV. It is not for a service behind you that failed.',
    client: 'Mend the part it hangs on.',
    confusedWith: [
      { code: 502, question: 'Is it a part of the same request that failed?' },
      { code: 207, question: 'Is it an entry, rather than the whole answer?' },
    ],
  },
  425: {
    meaning: 'Send it again when the handshake is done: this might be a replay.',
    server: 'To a request in TLS early data that would do harm if an attacker repeated it.',
    client: 'Send it again after the handshake. A library does this for you.',
    confusedWith: [
      { code: 409, question: 'Is "early" about the connection, rather than the business?' },
      { code: 429, question: 'Is a single request enough to get it?' },
    ],
  },
  426: {
    meaning: 'Not over this protocol.',
    server:
      'When the resource is served over another protocol only. It is not for outdated apps or versions of an API.',
    client: 'Switch to a protocol from Upgrade.',
    confusedWith: [
      { code: 101, question: 'Is it the server that demands the switch?' },
      { code: 505, question: 'Can the switch be made on this connection?' },
      { code: 308, question: 'Is it about the protocol, rather than the address?' },
    ],
  },
  428: {
    meaning: 'Say which version you mean.',
    server: 'To a write without a condition where you insist on one.',
    client: 'Read the item, then write with its tag in If-Match.',
    confusedWith: [
      { code: 412, question: 'Is the condition missing, rather than false?' },
      { code: 409, question: 'Is it open whether there is a conflict?' },
    ],
  },
  429: {
    meaning: 'You are asking too often.',
    server: 'When one caller sends more than its share. Retry-After says when to come back.',
    client: 'Wait as long as Retry-After says, and go on more slowly.',
    confusedWith: [
      { code: 503, question: 'Is it this caller only?' },
      { code: 403, question: 'Does waiting help?' },
      { code: 402, question: 'Is it about pace, rather than money?' },
    ],
  },
  431: {
    meaning: 'The fields are too large.',
    server: 'When one field, or all together, is more than you will read.',
    client: 'Send fewer cookies or shorter fields.',
    confusedWith: [
      { code: 413, question: 'Is it the fields that are too large?' },
      { code: 414, question: 'Is it the fields that are too large?' },
      { code: 400, question: 'Are they too large, rather than malformed?' },
    ],
  },
  451: {
    meaning: 'The law forbids it.',
    server: 'When a legal demand stands against it. Link with blocked-by says who enforces it.',
    client: 'Say so. Do not try again.',
    confusedWith: [
      { code: 403, question: 'Is it somebody else who forbids it?' },
      { code: 410, question: 'Would it be here but for the law?' },
    ],
  },
  500: {
    meaning: 'Something went wrong here. It was not your fault.',
    server: 'For what nobody foresaw: a bug, a broken invariant. Log it, and send a reference that finds the log.',
    client:
      'Say that it is not the user’s fault. Repeat only what is idempotent, a few times; then report the reference.',
    confusedWith: [
      { code: 503, question: 'Is the cause unknown?' },
      { code: 502, question: 'Is it this server that failed?' },
      { code: 400, question: 'Would it fail however the request were mended?' },
      { code: 501, question: 'Was it meant to work?' },
    ],
  },
  501: {
    meaning: 'This server cannot do that at all.',
    server: 'When a method or a transfer coding is implemented nowhere.',
    client: 'Use something else.',
    confusedWith: [
      { code: 405, question: 'Is the method unknown to every resource?' },
      { code: 500, question: 'Was it never meant to work?' },
    ],
  },
  502: {
    meaning: 'A server behind me gave an answer I cannot use.',
    server: 'As a gateway, when what comes from behind is broken.',
    client: 'Repeat what is idempotent, after a pause. The work may have been done.',
    confusedWith: [
      { code: 504, question: 'Did the server behind answer?' },
      { code: 503, question: 'Was the server behind asked at all?' },
      { code: 500, question: 'Did the fault come from behind?' },
      { code: 424, question: 'Is it another server that failed?' },
    ],
  },
  503: {
    meaning: 'I cannot serve you now; later I can.',
    server: 'For overload, maintenance, start-up, or a database known to be away. Retry-After says for how long.',
    client: 'Wait as long as Retry-After says, then try again.',
    confusedWith: [
      { code: 500, question: 'Is the cause known, and will it pass?' },
      { code: 429, question: 'Is everybody affected?' },
      { code: 502, question: 'Is it this server that cannot serve?' },
      { code: 504, question: 'Is it known before anybody waits?' },
    ],
  },
  504: {
    meaning: 'A server behind me did not answer in time.',
    server: 'As a gateway, when waiting was in vain; as a cache, when only-if-cached finds nothing.',
    client: 'Repeat what is idempotent, after a pause. For the rest look first whether it went through.',
    confusedWith: [
      { code: 502, question: 'Did no answer come?' },
      { code: 408, question: 'Was it the server behind that was slow?' },
      { code: 503, question: 'Was the server behind asked, in vain?' },
    ],
  },
  505: {
    meaning: 'I do not speak that version of HTTP.',
    server: 'When the major version of HTTP is not supported. It is not for versions of an API.',
    client: 'Use another version of HTTP.',
    confusedWith: [
      { code: 426, question: 'Is the version of HTTP the obstacle itself?' },
      { code: 400, question: 'Is the version well formed?' },
    ],
  },
  506: {
    meaning: 'The server is set up in a circle: what it chose wants to choose again.',
    server: 'For a faulty set-up of transparent negotiation, an experiment that hardly anybody runs.',
    client: 'Report it.',
    confusedWith: [{ code: 300, question: 'Is the set-up at fault?' }],
  },
  507: {
    meaning: 'There is no room left to store it.',
    server: 'When storage is full. It comes from WebDAV, and is understood elsewhere.',
    client: 'Say so. Do not try again unasked.',
    confusedWith: [
      { code: 413, question: 'Would it fit if there were more room?' },
      { code: 500, question: 'Is it known to be a lack of room?' },
    ],
  },
  508: {
    meaning: 'What was asked for contains itself.',
    server: 'In WebDAV, when bindings form a loop and the client asked for all depths.',
    client: 'Ask for less depth.',
    confusedWith: [
      { code: 208, question: 'Does the client know nothing of bindings?' },
      { code: 302, question: 'Is the loop inside the server, rather than made of redirects?' },
    ],
  },
  510: {
    meaning: 'A relic: the request lacked an extension.',
    server: 'Never. Its framework was given up.',
    client: 'Take it for a 500.',
    confusedWith: [{ code: 501, question: 'Is it about the old extension framework?' }],
  },
  511: {
    meaning: 'The network wants you to sign in, not the server you asked.',
    server: 'Never from an origin: it is for the network of a hotel or a train.',
    client: 'Sign in to the network, then try again.',
    confusedWith: [
      { code: 401, question: 'Is it the network that asks?' },
      { code: 407, question: 'Did the network put itself in between unasked?' },
    ],
  },
}
