/**
 * What a client is told when a decision goes against it: one sentence of what is wrong, and one of
 * what to do. Says nothing of the inside, and repeats no value.
 *
 * Apart from the graph, so that a client's bundle carries none of it. A test asserts that every row
 * with an error at its end has its sentence.
 */
import type { DecisionId } from './decisions.ts'

export const DETAIL: { readonly [id in DecisionId]?: string } = {
  headArrived: 'The head section of the request did not arrive in time. Send the request again.',
  framing:
    'The message is not well-formed HTTP/1.1: see RFC 9112 for the request line, Host and the framing of content.',
  lengthKnown:
    'Where there is a transfer coding, chunked has to be the last one: otherwise the end of the content cannot be found.',
  version: 'This server speaks HTTP/1.1 and serves HTTP/1.0.',
  targetLength: 'The target of the request is too long. Move data into the content.',
  fieldsLength: 'The fields of the request are too large altogether. Send fewer or shorter fields.',
  methodKnown: 'No resource here implements this method.',
  transferCoding: 'Chunked is the only transfer coding implemented here.',
  authority:
    'This server does not answer for the scheme and authority of the target. Send the request to the right server, over a new connection.',
  share:
    'Too many requests from this address are in progress. Try again after the time in Retry-After, with fewer at once.',
  capacity: 'Too many requests are in progress. Try again after the time in Retry-After.',
  asterisk: 'The target * goes with OPTIONS only.',
  route: 'There is no resource at this address.',
  pathValues: 'There is no resource at this address: a variable of the path does not have its form.',
  notMoved: 'The resource has moved for good. Use the address in Location from now on, with the same method.',
  notMovedOld: 'The resource has moved for good. Use the address in Location from now on.',
  notMovedForNow: 'The resource is at another address at present. Repeat the request there; keep using this one.',
  notGone: 'The resource has been taken away for good. Remove links to it.',
  methodAllowed: 'The resource does not have this method. Allow names those it has.',
  available:
    'The database cannot be reached. Nothing was wrong with the request; try again after the time in Retry-After.',
  credentialsValid: 'The credentials are not valid: unknown, expired or revoked. Sign in again, or send another key.',
  signedIn: 'This needs a known caller. Send credentials as WWW-Authenticate says.',
  classAllowed: 'The caller is known, and may not do this.',
  expectation: 'The only expectation that can be met is 100-continue.',
  query: 'The query is not right: errors names each parameter.',
  ifMatchReadable: 'If-Match is not well formed: it is * or a list of quoted entity tags.',
  ifNoneMatchReadable: 'If-None-Match is not well formed: it is * or a list of quoted entity tags.',
  keyReadable: 'Idempotency-Key is not well formed: it is a quoted string of 1 to 255 characters.',
  keyKept:
    'The answer holds a secret, which is kept nowhere to be given again. Send the request without Idempotency-Key, and look what there is before it is repeated.',
  contentLength: 'The content is larger than this operation takes.',
  contentCoding: 'Content is taken without a content coding only.',
  contentTypeGiven: 'The request has content, and Content-Type does not say what it is.',
  contentType: 'The content is not of a media type that this operation takes: the fields of this response name them.',
  wholePut: 'PUT takes the whole representation; a part of one, with Content-Range, cannot be stored.',
  itemNotMoved: 'The item has moved for good. Use the address in Location from now on.',
  itemNotMovedForNow: 'The item is at another address at present. Repeat the request there; keep using this one.',
  itemNotGone: 'The item has been taken away for good. Remove links to it.',
  exists: 'There is no such item.',
  itemVisible: 'There is no such item.',
  itemSignedIn: 'This item is for known callers. Send credentials as WWW-Authenticate says.',
  itemAllowed: 'The caller is known, and may not do this to this item.',
  stateAllows: 'The present state of the item does not permit this.',
  acceptable: 'No media type that Accept allows is offered here.',
  conditional:
    'This operation must say which version of the item it means: read the item and send its ETag in If-Match.',
  ifMatch:
    'The item is no longer the one that If-Match names. Read it again, apply the change again, and send the new ETag.',
  ifMatchUnversioned:
    'There is no version here that a tag could equal, and * needs something to be here. Send the request without If-Match.',
  ifMatchUnrepresented:
    'There is no representation here that If-Match could be about. Send the request without If-Match.',
  ifUnmodifiedSince:
    'The item has changed since the date in If-Unmodified-Since. Read it again and apply the change again.',
  ifNoneMatchWrite: 'If-None-Match rules out what is under this address already.',
  contentArrived: 'The content did not arrive in time. Send the request again.',
  contentSize: 'The content is larger than this operation takes.',
  contentParses: 'The content is not well formed.',
  keyIdle:
    'A request with this Idempotency-Key is still in progress, or broke off. Wait, then send it again; if this stays so, find out whether it was done, and use a new key.',
  keySame: 'This Idempotency-Key was first sent with other content. Use a new key for new content.',
  contentValid: 'The content does not fit: errors names every member that is wrong.',
  contentProcessable: 'The content does not fit: errors names every member that is wrong.',
  membersAllowed: 'The caller may not set every member that was sent: errors names them.',
  loginRate: 'Too many failed logins for this account. Try again after the time in Retry-After.',
  passwordShare: 'Too many passwords from this address are being worked on. Try again after the time in Retry-After.',
  notStale: 'Others keep changing the item at the same time. Read it again and try again.',
  loginRight: 'The account and the password do not belong together.',
  noConflict: 'The present state stands against it: errors says what.',
  stillValid: 'The content does not fit: errors names every member that is wrong.',
  stillProcessable: 'The content does not fit: errors names every member that is wrong.',
  upstreamUsable: 'A server behind this one gave no usable answer. Nothing was wrong with the request.',
  upstreamInTime: 'A server behind this one did not answer in time. Nothing was wrong with the request.',
  room: 'There is no room left to store it. Nothing was wrong with the request.',
  working:
    'Something this server depends on cannot be reached. Nothing was wrong with the request; try again after the time in Retry-After.',
  unforeseen:
    'Something went wrong on the server. Nothing was wrong with the request; quote the reference when you report it.',
}
