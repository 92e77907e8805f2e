/**
 * The ten codes that come first, each as a request that the newsroom answers with it.
 *
 * `npm start` prints them for a shell, `npm run lesson` sends them, the README and the tests are
 * made of them. Each can be sent again and again, in any order.
 */
const ARTICLE = { title: 'Ten-four', body: 'Received and understood.' }

const lesson = [
  {
    code: 200,
    title: 'Here it is',
    fact: "`list: 'anyone'`: everybody may read the articles",
    client: 'uses the content',
    request: { method: 'GET', path: '/articles' },
  },
  {
    code: 201,
    title: 'Created',
    fact: "`create: 'signedIn'`: whoever is signed in may write one",
    client: 'follows `Location` to what is new',
    request: { method: 'POST', path: '/articles', as: 'basic', content: ARTICLE },
  },
  {
    code: 204,
    title: 'Done, and nothing to show',
    fact: "`delete: ['owner', 'admin']`: the author may delete it",
    client: 'forgets the item, reads no content',
    prepare: { method: 'POST', path: '/articles', as: 'basic', content: ARTICLE },
    request: { method: 'DELETE', path: '{Location}', as: 'basic' },
  },
  {
    code: 304,
    title: 'Nothing has changed',
    fact: 'nothing to declare: every item and list has a version',
    client: 'goes on using the copy it has',
    prepare: { method: 'GET', path: '/articles' },
    request: { method: 'GET', path: '/articles', fields: { 'If-None-Match': '{ETag}' } },
  },
  {
    code: 400,
    title: 'What was sent is wrong',
    fact: '`username: z.string()`: a member that every user has',
    client: 'mends the members that `errors` names',
    request: { method: 'POST', path: '/users', content: { email: 'grace@example.com' } },
  },
  {
    code: 401,
    title: 'Who are you?',
    fact: "`create: 'signedIn'`: nobody writes without a name",
    client: 'signs in, then sends it again',
    request: { method: 'POST', path: '/articles', content: ARTICLE },
  },
  {
    code: 403,
    title: 'You may not',
    fact: "`delete: ['owner', 'admin']`: nobody deletes what others wrote",
    client: 'gives up, or asks somebody who may',
    prepare: { method: 'POST', path: '/articles', as: 'admin', content: ARTICLE },
    request: { method: 'DELETE', path: '{Location}', as: 'basic' },
  },
  {
    code: 404,
    title: 'There is no such thing',
    fact: 'nothing to declare: no item has this id',
    client: 'takes the link away',
    request: { method: 'GET', path: '/articles/none' },
  },
  {
    code: 409,
    title: 'It collides with what is there',
    fact: '`email: unique(z.email())`: no two users have one address',
    client: 'asks for another value of the members that `errors` names',
    request: { method: 'POST', path: '/users', content: { email: 'basic@example.com', username: 'second' } },
  },
  {
    code: 500,
    title: 'The fault is ours',
    fact: 'nothing to declare: whatever is thrown is caught',
    client: 'tries later, quotes the reference',
    prepare: { method: 'POST', path: '/.tenfour/faults', content: { next: 'throw' } },
    request: { method: 'GET', path: '/articles' },
  },
] as const

export default lesson
