/** What every API with accounts has: sessions and keys, its index, its description, its health. */
import type { Ask } from '../scenario.ts'
import type { Subject } from './subject.ts'

/** `signUp` makes an account with this password; `owner` has a key and is no admin. */
export function accountSubjects(signUp: Ask, login: Ask, owner: string, admin: string): readonly Subject[] {
  const key: Ask = ['POST', '/keys', { as: owner, content: { label: 'x' } }]
  return [
    {
      operation: 'POST /session',
      given: [signUp],
      ask: login,
      more: [
        { ask: ['POST', '/session', { content: { email: 'nobody{n}@example.org', password: 'wrong' } }], times: 11 },
        { ask: ['POST', '/session', { content: { email: 1 } }] },
      ],
    },
    { operation: 'GET /session', ask: ['GET', '/session', { as: owner }] },
    {
      operation: 'DELETE /session',
      given: [signUp, login],
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
      ask: ['POST', '/keys', { as: admin, content: { label: 'x' } }],
      more: [
        { ask: ['POST', '/keys', { as: owner, content: { label: 'x', userId: 'somebody' } }] },
        { given: [signUp, login], ask: ['POST', '/keys', { as: '{token}', content: { label: 'x' } }], times: 101 },
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
