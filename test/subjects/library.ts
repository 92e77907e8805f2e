/** Every operation of the library. */
import type { Ask } from '../scenario.ts'
import { accountSubjects } from './accounts.ts'
import { at, type Subject } from './subject.ts'

const READER = { email: 'r{n}@example.org', name: 'Reader' }
const signUp: Ask = ['POST', '/users', { content: { ...READER, password: 'correct horse' } }]
const login: Ask = ['POST', '/session', { content: { email: 'r{n}@example.org', password: 'correct horse' } }]
const user: Ask = ['POST', '/users', { content: READER }]
const BOOK = { title: 'A book', isbn: 'i{n}' }
const book: Ask = ['POST', '/books', { as: 'bob', content: { title: 'A book' } }]
const numbered: Ask = ['POST', '/books', { as: 'bob', content: BOOK }]
const sequel: Ask = ['POST', '/books', { as: 'bob', content: { title: 'B', sequelTo: '{id}' } }]
const taken: Ask = ['POST', '/books', { as: 'root', content: { title: 'T', isbn: 'taken' } }]
const note: Ask = ['POST', '/notes', { as: 'bob', content: { text: 'mine' } }]
const ANY = { 'If-Match': '*' }
const NEW = { 'If-None-Match': '*' }
const page = (draft: boolean): Ask => ['PUT', '/pages/p{n}', { as: 'bob', fields: NEW, content: { text: 'x', draft } }]
const poster = (open: boolean): Ask => ['POST', '/posters', { as: 'bob', content: { text: 'x', public: open } }]
const order = (copies: number): Ask => ['POST', '/books/{id}/order', { as: 'bob', content: { copies } }]
const room = (what: string): Ask => ['POST', '/rooms/1', { content: { what } }]
/** Moved, elsewhere, gone, not there, and what goes wrong on the way there. */
const ROOMS = ['10', '11', '12', '13', '14', '15', '99'].map((number) => `/rooms/${number}`)
const ROOM_WRITE = ['PATCH', '/rooms/1', { as: 'root', content: { what: 'x' } }] as const

const users: readonly Subject[] = [
  { operation: 'GET /users', ask: ['GET', '/users', { as: 'root' }] },
  {
    operation: 'POST /users',
    ask: user,
    more: [{ given: [user], ask: user }, { ask: ['POST', '/users', { content: { ...READER, role: 'admin' } }] }],
    burst: signUp,
  },
  { operation: 'GET /users/{id}', given: [user], ask: ['GET', '/users/{id}', { as: 'root' }] },
  {
    operation: 'PUT /users/{id}',
    given: [user],
    ask: ['PUT', '/users/{id}', { as: 'root', content: READER }],
    more: [{ ask: ['PUT', '/users/{id}', { as: 'root', content: { ...READER, email: 'ann@example.org' } }] }],
    burst: ['PUT', '/users/{id}', { as: 'root', content: { ...READER, password: 'correct horse' } }],
  },
  {
    operation: 'PATCH /users/{id}',
    given: [user],
    ask: ['PATCH', '/users/{id}', { as: 'root', content: { name: 'N' } }],
    more: [{ ask: ['PATCH', '/users/{id}', { as: 'root', content: { email: 'ann@example.org' } }] }],
    burst: ['PATCH', '/users/{id}', { as: 'root', content: { password: 'correct horse' } }],
  },
  {
    operation: 'DELETE /users/{id}',
    given: [user],
    ask: ['DELETE', '/users/{id}', { as: 'root' }],
    more: [
      {
        given: [signUp, login, ['POST', '/books', { as: '{token}', content: { title: 'A' } }]],
        ask: ['DELETE', '/users/{users}', { as: 'root' }],
      },
    ],
  },
]

const books: readonly Subject[] = [
  { operation: 'GET /books', ask: ['GET', '/books'] },
  {
    operation: 'POST /books',
    ask: numbered,
    more: [
      { given: [taken], ask: ['POST', '/books', { as: 'bob', content: { title: 'T', isbn: 'taken' } }] },
      { ask: ['POST', '/books', { as: 'bob', content: { title: 'T', rank: 9 } }] },
    ],
  },
  { operation: 'GET /books/{id}', given: [book], ask: ['GET', '/books/{id}'] },
  {
    operation: 'PUT /books/{id}',
    given: [taken, book],
    ask: ['PUT', '/books/{id}', { as: 'bob', content: { title: 'B' } }],
    more: [{ ask: ['PUT', '/books/{id}', { as: 'bob', content: { title: 'B', isbn: 'taken' } }] }],
  },
  {
    operation: 'PATCH /books/{id}',
    given: [taken, book],
    ask: ['PATCH', '/books/{id}', { as: 'bob', content: { title: 'B' } }],
    more: [{ ask: ['PATCH', '/books/{id}', { as: 'bob', content: { isbn: 'taken' } }] }],
  },
  {
    operation: 'DELETE /books/{id}',
    given: [book],
    ask: ['DELETE', '/books/{id}', { as: 'bob' }],
    more: [{ given: [book, sequel], ask: ['DELETE', '/books/{books}', { as: 'bob' }] }],
  },
  {
    operation: 'POST /books/{id}/lend',
    given: [book],
    ask: ['POST', '/books/{id}/lend', { as: 'bob' }],
    more: [
      { given: [book, ['POST', '/books/{id}/lend', { as: 'bob' }]], ask: ['POST', '/books/{id}/lend', { as: 'bob' }] },
    ],
  },
  {
    operation: 'POST /books/{id}/archive',
    given: [book],
    ask: ['POST', '/books/{id}/archive', { as: 'bob' }],
    more: [
      { given: [numbered], ask: ['POST', '/books/{id}/archive', { as: 'bob' }] },
      {
        given: [book, ['POST', '/books/{id}/lend', { as: 'bob' }]],
        ask: ['POST', '/books/{id}/archive', { as: 'bob' }],
      },
    ],
  },
  {
    operation: 'POST /books/{id}/discard',
    given: [book],
    ask: ['POST', '/books/{id}/discard', { as: 'root' }],
    more: [{ given: [book, sequel], ask: ['POST', '/books/{books}/discard', { as: 'root' }] }],
  },
  { operation: 'POST /books/{id}/copy', given: [book], ask: ['POST', '/books/{id}/copy', { as: 'bob' }] },
  {
    operation: 'POST /books/{id}/order',
    given: [book],
    ask: order(1),
    more: [2, 3, 4, 98, 99, 100].map((copies) => ({ ask: order(copies) })),
  },
]

const hidden: readonly Subject[] = [
  { operation: 'GET /notes', ask: ['GET', '/notes', { as: 'bob' }] },
  {
    operation: 'POST /notes',
    ask: note,
    more: [{ ask: ['POST', '/notes', { as: 'bob', content: { text: 'x', by: 'somebody' } }] }],
  },
  { operation: 'GET /notes/{id}', given: [note], ask: ['GET', '/notes/{id}', { as: 'bob' }] },
  ...(['PUT', 'PATCH', 'DELETE'] as const).map((method): Subject => ({
    operation: `${method} /notes/{id}`,
    given: [note],
    ask: [method, '/notes/{id}', { as: 'bob', ...(method === 'DELETE' ? {} : { content: { text: 't{n}' } }) }],
    rival: ['PATCH', '/notes/{id}', { as: 'bob', content: { text: 'r{n} {i}' } }],
  })),
  { operation: 'POST /posters', ask: poster(true) },
  {
    operation: 'GET /posters/{id}',
    given: [poster(true)],
    ask: ['GET', '/posters/{id}'],
    more: [{ given: [poster(false)], ask: ['GET', '/posters/{id}'] }],
  },
  ...(['PUT', 'PATCH'] as const).map((method): Subject => ({
    operation: `${method} /posters/{id}`,
    given: [poster(true)],
    ask: [method, '/posters/{id}', { as: 'root', content: { text: 't{n}', public: true } }],
    more: [
      { given: [poster(false)], ask: [method, '/posters/{id}', { as: 'bob', content: { text: 'y', public: true } }] },
      { ask: [method, '/posters/new{n}', { as: 'bob', content: { text: 'y', public: true } }] },
    ],
    rival: ['PATCH', '/posters/{id}', { as: 'root', content: { text: 'r{n} {i}' } }],
  })),
  {
    operation: 'DELETE /posters/{id}',
    given: [poster(true)],
    ask: ['DELETE', '/posters/{id}', { as: 'bob' }],
    more: [{ given: [poster(false)], ask: ['DELETE', '/posters/{id}', { as: 'root' }] }],
    rival: ['PATCH', '/posters/{id}', { as: 'root', content: { text: 'r{n} {i}' } }],
  },
]

const pages: readonly Subject[] = [
  { operation: 'POST /pages', ask: ['POST', '/pages', { as: 'bob', content: { text: 'x' } }] },
  {
    operation: 'GET /pages/{id}',
    given: [page(false)],
    ask: ['GET', '/pages/{id}'],
    more: [{ given: [page(true)], ask: ['GET', '/pages/{id}', { as: 'bob' }] }],
  },
  ...(['PUT', 'PATCH', 'DELETE'] as const).map((method): Subject => {
    const content = method === 'DELETE' ? {} : { content: { text: 't{n}' } }
    return {
      operation: `${method} /pages/{id}`,
      given: [page(false)],
      ask: [method, '/pages/{id}', { as: 'bob', fields: ANY, ...content }],
      more: [
        { ask: [method, '/pages/{id}', { as: 'bob', ...content }] },
        { ask: [method, '/pages/new{n}', { as: 'bob', fields: NEW, ...content }] },
      ],
      rival: ['PATCH', '/pages/{id}', { as: 'bob', fields: ANY, content: { text: 'r{n} {i}' } }],
    }
  }),
]

const PNG = ['GET', '', { fields: { Accept: 'image/png' } }] as const
const STALE = ['GET', '', { fields: { 'If-Match': '"none"' } }] as const
const NOTHING = ['GET', '', { fields: { 'If-None-Match': '*' } }] as const

const resources: readonly Subject[] = [
  { operation: 'GET /rooms/{room}', ask: ['GET', '/rooms/1'], more: at(['GET', ''], ...ROOMS) },
  {
    operation: 'PUT /rooms/{room}',
    ask: ['PUT', '/rooms/1', { as: 'bob', content: { what: 'x' } }],
    more: [
      ...at(['PUT', '', { as: 'bob', content: { what: 'x' } }], ...ROOMS, '/rooms/16', '/rooms/x'),
      { ask: ['PUT', '/rooms/1', { as: 'bob', content: { what: 'stale' } }] },
    ],
  },
  {
    operation: 'PATCH /rooms/{room}',
    ask: ROOM_WRITE,
    more: [
      ...at(ROOM_WRITE, ...ROOMS, '/rooms/16'),
      ...at(['PATCH', '', { as: 'bob', content: { what: 'x' } }], '/rooms/3'),
    ],
  },
  {
    operation: 'DELETE /rooms/{room}',
    ask: ['DELETE', '/rooms/2'],
    more: [
      ...at(['DELETE', '', { as: 'root' }], ...ROOMS, '/rooms/16'),
      ...at(['DELETE', '', { as: 'bob' }], '/rooms/3'),
    ],
  },
  {
    operation: 'POST /rooms/{room}',
    ask: room('done'),
    more: [
      ...['created', 'accepted', 'seeOther', 'deleted', 'conflict', 'invalid', 'x', 'full'].map((what) => ({
        ask: room(what),
      })),
      ...at(room('x'), ...ROOMS),
    ],
  },
  { operation: 'GET /clock', ask: ['GET', '/clock', { as: 'bob' }] },
  {
    operation: 'POST /clock',
    ask: ['POST', '/clock', { as: 'root' }],
    more: at(['POST', '', { as: 'root' }], '/clock?report=1'),
  },
  { operation: 'GET /almanac', ask: ['GET', '/almanac'], more: at(['GET', ''], '/almanac?year=1800') },
  {
    operation: 'DELETE /almanac',
    ask: ['DELETE', '/almanac', { as: 'root', fields: { 'If-Unmodified-Since': 'Wed, 01 Jan 2020 00:00:00 GMT' } }],
    more: [
      ...at(['DELETE', '', { as: 'root' }], '/almanac', '/almanac?year=1800'),
      ...at(
        ['DELETE', '', { as: 'root', fields: { 'If-Unmodified-Since': 'Tue, 01 Jan 2019 00:00:00 GMT' } }],
        '/almanac',
      ),
    ],
  },
  { operation: 'GET /catalogue', ask: ['GET', '/catalogue'] },
  { operation: 'PUT /catalogue', ask: ['PUT', '/catalogue', { content: { what: 'x' } }] },
  {
    operation: 'GET /detour',
    ask: ['GET', '/detour'],
    more: [...at(['GET', ''], '/detour?here=1'), ...[PNG, STALE, NOTHING].flatMap((ask) => at(ask, '/detour?here=1'))],
  },
  {
    operation: 'GET /ruin',
    ask: ['GET', '/ruin'],
    more: [...at(['GET', ''], '/ruin?then=1'), ...[PNG, STALE, NOTHING].flatMap((ask) => at(ask, '/ruin?then=1'))],
  },
  { operation: 'POST /bin', ask: ['POST', '/bin'], more: at(['POST', ''], '/bin?look=1') },
  {
    operation: 'POST /form',
    ask: ['POST', '/form', { content: { what: 'right' } }],
    more: [{ ask: ['POST', '/form', { content: { what: 'told' } }] }],
  },
  { operation: 'POST /race', ask: ['POST', '/race'], more: at(['POST', ''], '/race?won=1', '/race?won=told') },
]

export const LIBRARY: readonly Subject[] = [
  ...users,
  ...books,
  ...hidden,
  ...pages,
  ...resources,
  ...accountSubjects({ email: 'login@example.org', name: 'Login' }, 'bob', 'root'),
]
