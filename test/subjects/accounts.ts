/** What every API with accounts has: sessions and keys, its index, its description, its health. */
import type { Ask } from '../scenario.ts'
import type { Subject } from './subject.ts'

/** `account` is the members of one that can sign in; `owner` is a key of somebody who is no admin. */
export function accountSubjects(
  account: Readonly<Record<'email' | (string & {}), string>>,
  owner: string,
  admin: string,
): readonly Subject[] {
  const { email } = account
  // One account for all: a password is slow to hash.
  const signUp: Ask = ['POST', '/users', { content: { ...account, password: 'correct horse' } }]
  const login: Ask = ['POST', '/session', { content: { email, password: 'correct horse' } }]
  const key: Ask = ['POST', '/keys', { as: owner, content: { label: 'x' } }]
  return [
    {
      operation: 'POST /session',
      once: [signUp],
      ask: login,
      more: [
        { ask: ['POST', '/session', { content: { email: 'nobody{n}@example.org', password: 'wrong' } }], times: 11 },
        { ask: ['POST', '/session', { content: { email: 1 } }] },
      ],
    },
    { operation: 'GET /session', ask: ['GET', '/session', { as: owner }] },
    {
      operation: 'DELETE /session',
      once: [signUp],
      given: [login],
      ask: ['DELETE', '/session', { as: '{token}' }],
      more: [{ ask: ['DELETE', '/session', { as: owner }] }],
    },
    {
      operation: 'GET /keys',
      ask: ['GET', '/keys', { as: owner }],
      more: [{ ask: ['GET', '/keys?userId=somebody', { as: owner }] }],
    },
    {
      operation: 'POST /keys',
      once: [signUp],
      ask: ['POST', '/keys', { as: admin, content: { label: 'x' } }],
      more: [
        { ask: ['POST', '/keys', { as: owner, content: { label: 'x', userId: 'somebody' } }] },
        { given: [login], ask: ['POST', '/keys', { as: '{token}', content: { label: 'x' } }], times: 101 },
      ],
    },
    {
      operation: 'GET /keys/{id}',
      given: [key],
      ask: ['GET', '/keys/{id}', { as: owner }],
      more: [
        {
          given: [['POST', '/keys', { as: admin, content: { label: 'x' } }]],
          ask: ['GET', '/keys/{id}', { as: owner }],
        },
      ],
    },
    {
      operation: 'DELETE /keys/{id}',
      given: [key],
      ask: ['DELETE', '/keys/{id}', { as: owner }],
      more: [
        {
          given: [['POST', '/keys', { as: admin, content: { label: 'x' } }]],
          ask: ['DELETE', '/keys/{id}', { as: owner }],
        },
      ],
    },
    { operation: 'GET /', ask: ['GET', '/'] },
    { operation: 'GET /openapi.json', ask: ['GET', '/openapi.json'] },
    { operation: 'GET /livez', ask: ['GET', '/livez'] },
    { operation: 'GET /readyz', ask: ['GET', '/readyz'] },
  ]
}
