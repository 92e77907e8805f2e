import { expect, test } from 'vitest'
import { driver } from '../../sqlite/driver.ts'
import { faultOf, toThrown } from './fault.ts'

const error = (code: string) => new (driver().SqliteError)('words that change', code)

test.each([
  ['SQLITE_BUSY', 'busy', 'Unavailable'],
  ['SQLITE_BUSY_RECOVERY', 'busy', 'Unavailable'],
  ['SQLITE_BUSY_SNAPSHOT', 'busy', 'Unavailable'],
  ['SQLITE_LOCKED', 'busy', 'Unavailable'],
  ['SQLITE_PROTOCOL', 'busy', 'Unavailable'],
  ['SQLITE_IOERR', 'lost', 'Unavailable'],
  ['SQLITE_IOERR_FSYNC', 'lost', 'Unavailable'],
  ['SQLITE_CANTOPEN', 'lost', 'Unavailable'],
  ['SQLITE_CANTOPEN_ISDIR', 'lost', 'Unavailable'],
  ['SQLITE_NOTADB', 'lost', 'Unavailable'],
  ['SQLITE_CORRUPT', 'damaged', 'Unavailable'],
  ['SQLITE_CORRUPT_INDEX', 'damaged', 'Unavailable'],
  ['SQLITE_READONLY', 'damaged', 'Unavailable'],
  ['SQLITE_READONLY_DBMOVED', 'damaged', 'Unavailable'],
  ['SQLITE_FULL', 'full', 'Full'],
  ['SQLITE_TOOBIG', 'large', 'RangeError'],
])('%s is %s, and thrown as %s with its cause', (code, fault, name) => {
  const thrown = toThrown(error(code))
  expect(faultOf(error(code))).toBe(fault)
  expect(thrown).toMatchObject({ name, cause: { code } })
  expect(String(thrown)).not.toContain('words that change')
})

test.each([
  ['a constraint that no probe explained', error('SQLITE_CONSTRAINT_CHECK')],
  ['wrong SQL', error('SQLITE_ERROR')],
  ['an error of the caller', new TypeError('x')],
])('%s is a bug, and thrown as it is', (_, bug) => {
  expect(faultOf(bug)).toBeUndefined()
  expect(toThrown(bug)).toBe(bug)
})

test('what is Unavailable says when to try again', () => {
  expect(toThrown(error('SQLITE_BUSY'))).toMatchObject({ retryAfter: 1 })
})
