/** Every operation of the newsroom. */
import type { Ask } from '../scenario.ts'
import { KEYS } from '../start.ts'
import { accountSubjects } from './accounts.ts'
import type { Subject } from './subject.ts'

const { basic, admin } = KEYS
const READER = { email: 'r{n}@example.org', username: 'reader{n}' }
const signUp: Ask = ['POST', '/users', { content: { ...READER, password: 'correct horse' } }]
const ARTICLE = { title: 'A', body: 'b', slug: 's{n}' }
const article: Ask = ['POST', '/articles', { as: basic, content: ARTICLE }]
const user: Ask = ['POST', '/users', { content: READER }]
const taken: Ask = ['POST', '/articles', { as: admin, content: { ...ARTICLE, slug: 'taken' } }]
const OTHER = { email: 'o{n}@example.org', username: 'other{n}' }
const theirs: Ask = ['POST', '/articles', { as: admin, content: { title: 'A', body: 'b' } }]
const HIS_OWN = { ...ARTICLE, authorId: 'somebody' }

export const NEWSROOM: readonly Subject[] = [
  { operation: 'GET /articles', ask: ['GET', '/articles'] },
  {
    operation: 'POST /articles',
    ask: article,
    more: [
      { given: [taken], ask: ['POST', '/articles', { as: basic, content: { ...ARTICLE, slug: 'taken' } }] },
      { ask: ['POST', '/articles', { as: basic, content: HIS_OWN }] },
    ],
  },
  { operation: 'GET /articles/{id}', given: [article], ask: ['GET', '/articles/{id}'] },
  {
    operation: 'PUT /articles/{id}',
    given: [taken, article],
    ask: ['PUT', '/articles/{id}', { as: basic, content: ARTICLE }],
    more: [
      { ask: ['PUT', '/articles/{id}', { as: basic, content: { ...ARTICLE, slug: 'taken' } }] },
      { given: [theirs], ask: ['PUT', '/articles/{id}', { as: basic, content: ARTICLE }] },
    ],
  },
  {
    operation: 'PATCH /articles/{id}',
    given: [taken, article],
    ask: ['PATCH', '/articles/{id}', { as: basic, content: { title: 'B' } }],
    more: [
      { ask: ['PATCH', '/articles/{id}', { as: basic, content: { slug: 'taken' } }] },
      { given: [theirs], ask: ['PATCH', '/articles/{id}', { as: basic, content: { title: 'B' } }] },
    ],
  },
  {
    operation: 'DELETE /articles/{id}',
    given: [article],
    ask: ['DELETE', '/articles/{id}', { as: basic }],
    more: [{ given: [theirs], ask: ['DELETE', '/articles/{id}', { as: basic }] }],
    rival: ['PATCH', '/articles/{id}', { as: basic, content: { title: 'R{n} {i}' } }],
  },
  { operation: 'GET /users', ask: ['GET', '/users', { as: admin }] },
  {
    operation: 'POST /users',
    ask: user,
    more: [{ given: [user], ask: user }, { ask: ['POST', '/users', { content: { ...OTHER, role: 'admin' } }] }],
    burst: signUp,
  },
  { operation: 'GET /users/{id}', given: [user], ask: ['GET', '/users/{id}', { as: admin }] },
  {
    operation: 'PUT /users/{id}',
    given: [user],
    ask: ['PUT', '/users/{id}', { as: admin, content: OTHER }],
    more: [{ ask: ['PUT', '/users/{id}', { as: admin, content: { ...OTHER, email: 'admin@example.com' } }] }],
    burst: ['PUT', '/users/{id}', { as: admin, content: { ...OTHER, password: 'correct horse' } }],
  },
  {
    operation: 'PATCH /users/{id}',
    given: [user],
    ask: ['PATCH', '/users/{id}', { as: admin, content: { username: 'other{n}' } }],
    more: [{ ask: ['PATCH', '/users/{id}', { as: admin, content: { email: 'admin@example.com' } }] }],
    burst: ['PATCH', '/users/{id}', { as: admin, content: { password: 'correct horse' } }],
  },
  {
    operation: 'DELETE /users/{id}',
    given: [user],
    ask: ['DELETE', '/users/{id}', { as: admin }],
    more: [
      {
        given: [
          signUp,
          ['POST', '/session', { content: { email: 'r{n}@example.org', password: 'correct horse' } }],
          ['POST', '/articles', { as: '{token}', content: { title: 'A', body: 'b' } }],
        ],
        ask: ['DELETE', '/users/{users}', { as: admin }],
      },
    ],
  },
  ...accountSubjects({ email: 'login@example.org', username: 'login' }, basic, admin),
]
