/**
 * Policy: what Tenfour chooses where HTTP leaves a choice, and why.
 *
 * Nothing here is a requirement of an RFC; those are in the other tables. A row with an `option` can be switched in a
 * declaration under the row's name, and its first value is the default.
 */

export interface PolicyRow {
  readonly question: string
  readonly choice: string
  readonly why: string
  /** Where the choice is left open, if an RFC does so. */
  readonly rfc?: string
  /** The values it can be switched to, the default first. */
  readonly option?: readonly [first: Choice, ...others: Choice[]]
}

type Choice = string | number | boolean

export const POLICY = {
  validation: {
    question: 'What is content that is well formed and does not fit its schema?',
    choice: '400, and errors names every member that is wrong.',
    why: 'One code for "mend your request" is what most clients expect. 422 is as correct, and an option.',
    rfc: '9110 §15.5.1',
    option: [400, 422],
  },
  hide: {
    question: 'What does a known caller get who may not do this?',
    choice: '403. With hide, someone who may not read the item either gets a 404, the same as for a missing one.',
    why: 'Saying no is easy to understand and to debug. Hiding is right where the existence is a secret.',
    rfc: '9110 §15.5.4',
    option: [false, true],
  },
  unavailable: {
    question: 'What is the answer while the database is known to be unreachable?',
    choice: '503 with Retry-After. Whatever nobody foresaw is 500.',
    why: '503 tells a client that waiting helps; 500 does not.',
    rfc: '9110 §15.6.4',
    option: [503, 500],
  },
  concurrency: {
    question: 'Must a write say which version of the item it means?',
    choice: 'No; if it does and the item has changed, 412. With required, a write without a condition is 428.',
    why: 'The version that was loaded reaches the write in any case, so two writers at once lose nothing.',
    rfc: '6585 §3',
    option: ['optional', 'required'],
  },
  putCreates: {
    question: 'What does PUT do where there is no item?',
    choice: '404. With putCreates the item is created: 201.',
    why: 'Creating is for POST, which lets the server choose the address.',
    rfc: '9110 §9.3.4',
    option: [false, true],
  },
  anonymous: {
    question: 'What does an unknown caller get where one has to be known?',
    choice: '401 with a challenge, before anything is looked up.',
    why: 'Nothing leaks to strangers, not even which items exist.',
    rfc: '9110 §15.5.2',
  },
  badCredentials: {
    question: 'What if credentials are wrong where none are needed?',
    choice: '401; the request is never served as if nothing had been sent.',
    why: 'A caller who believes to be signed in has to learn that it is not so.',
    rfc: '9110 §11.6.2',
  },
  self: {
    question: 'What does a caller get at an account of somebody else?',
    choice: '403, whether or not that account exists.',
    why: 'The path alone decides, so the answer tells nothing about other accounts.',
  },
  unknownMembers: {
    question: 'What about members and query parameters that are not declared?',
    choice: '400, and errors names each.',
    why: 'What is dropped in silence is missed much later. A misspelled name should hurt at once.',
  },
  accept: {
    question: 'What if Accept allows nothing that is offered?',
    choice: '406 on reads. Writes are never refused for it, and errors never are.',
    why: 'Work must not be lost over how its outcome would be shown.',
    rfc: '9110 §12.4.1',
  },
  acceptCharset: {
    question: 'Does application/json;charset=utf-8 in Accept fit application/json?',
    choice: 'Yes: a charset is compared only with one that the offered type has.',
    why: 'Many clients write it, and JSON has no charset to differ in.',
    rfc: '8259 §11',
  },
  errors: {
    question: 'In which form are errors sent?',
    choice: 'As problem details; as HTML only where Accept prefers it. With Vary: Accept and no-store.',
    why: 'Programs and people are both served, and no cache keeps a mishap.',
    rfc: '9457 §3',
  },
  order: {
    question: 'Which error comes first when several apply?',
    choice:
      '401, 403 by role, the fields, 404, 403 by item, preconditions, content. A stale If-Match with bad content is 412.',
    why: 'Preconditions stand after every check that needs no content; the rest goes from what reveals least to what costs most.',
    rfc: '9110 §13.2.1',
  },
  malformedCondition: {
    question: 'What if If-Match or If-None-Match is no list of entity tags?',
    choice: '400. A malformed date is ignored, as it must be.',
    why: 'Who sends a condition relies on it. To guess what was meant could overwrite an update.',
    rfc: '9110 §13.1.1',
  },
  actionCondition: {
    question: 'Which version is a condition on an action about?',
    choice: 'That of its item: with the ETag of the item in If-Match, that version is acted on, or none.',
    why: 'The address of an action shows nothing, so by the letter no tag could ever be right. Who sends that of the item means the item.',
    rfc: '9110 §13.1.1',
  },
  listCondition: {
    question: 'What is a condition on a POST to a list about?',
    choice: 'The list. Any tag in If-Match is 412, and If-None-Match: * where the list can be read.',
    why: 'The list is the target; what is to be made has no address yet. Ignored, a condition would let through what its sender meant to prevent. What prevents it is unique, or an Idempotency-Key.',
    rfc: '9110 §13.1.2',
  },
  missingContentType: {
    question: 'What if there is content and no Content-Type?',
    choice: '415.',
    why: 'To guess the type of content is how one kind of data is taken for another.',
    rfc: '9110 §8.3',
  },
  putSuccess: {
    question: 'Which validators come with the answer to a write?',
    choice: 'After PUT none, unless it was stored exactly as received. After POST and PATCH, ETag and Last-Modified.',
    why: 'A validator after PUT promises that the client holds what the server holds.',
    rfc: '9110 §9.3.4',
  },
  returnMinimal: {
    question: 'What does Prefer: return=minimal get?',
    choice: '204; after creating, 201 with Location and no content.',
    why: 'A new address is worth more than a saved line.',
    rfc: '7240 §4.2',
  },
  patch: {
    question: 'What can PATCH be sent as, and what is checked?',
    choice:
      'A JSON merge patch, or plain JSON read the same way. The result is checked; only columns that changed are written.',
    why: 'Defaults of a schema must not set stored values back.',
    rfc: '7396 §2',
  },
  delete: {
    question: 'What does DELETE answer?',
    choice: '204; a second one 404.',
    why: 'There is nothing to add. The second says truly that nothing is there, and the effect is the same.',
    rfc: '9110 §9.3.5',
  },
  idempotencyKey: {
    question: 'What does a POST with an Idempotency-Key that was seen before get?',
    choice: 'The first answer again. With other content, 422; while the first is still running, 409.',
    why: 'A client that lost the answer can ask again without doing it twice.',
    rfc: 'draft-ietf-httpapi-idempotency-key-header §2.6',
  },
  shares: {
    question: 'How much of the server may one address use?',
    choice: 'Half of the requests in progress, and eight passwords at work or waiting; beyond, 429 with Retry-After.',
    why: 'Whoever asks too much waits alone. Where one address stands for many, a proxy say, limits raise both.',
    rfc: '6585 §4',
  },
  list: {
    question: 'What does a list look like?',
    choice: 'An object with items, next and prev; an opaque cursor; a weak ETag; a count only if asked for.',
    why: 'An array at the top cannot grow. A cursor neither skips nor repeats an item when others come and go.',
  },
  caching: {
    question: 'What may caches do?',
    choice: 'GET has no-cache, and private when it was authorised.',
    why: 'Nobody sees a stale item, and validators make asking again cheap.',
    rfc: '9111 §5.2.2.4',
  },
  ids: {
    question: 'What is an id of the wrong form?',
    choice: '404.',
    why: 'An id is a part of the address, and an address that leads nowhere is 404.',
    rfc: '9110 §15.5.5',
  },
  ifUnmodifiedSince: {
    question: 'Is If-Unmodified-Since obeyed?',
    choice: 'Yes, although it cannot tell two writes in the same second apart.',
    why: 'It has to be. Entity tags have no such gap: use If-Match.',
    rfc: '9110 §8.8.2.2',
  },
  range: {
    question: 'Is Range supported?',
    choice: 'It is ignored: the answer is the whole representation.',
    why: 'Lists have cursors, and items are small. Ignoring is always allowed.',
    rfc: '9110 §14.2',
  },
  contentCoding: {
    question: 'May content be sent compressed?',
    choice: '415 with Accept-Encoding: identity.',
    why: 'Decompression is a way to exhaust a server, and a proxy does it well.',
    rfc: '9110 §12.5.3',
  },
  cors: {
    question: 'May pages of other origins call the API?',
    choice: 'Only the origins that the declaration names.',
    why: 'A browser acts for its user, so another page may not ask unless it was invited.',
  },
} as const satisfies Record<string, PolicyRow>

export type PolicyName = keyof typeof POLICY

/** The options of a declaration and the values each can have: `{ validation: 400 | 422, … }`. */
export type PolicyOptions = {
  readonly [
    Name in PolicyName as (typeof POLICY)[Name] extends { option: unknown } ? Name : never
  ]: (typeof POLICY)[Name] extends { option: readonly (infer Value)[] } ? Value : never
}
