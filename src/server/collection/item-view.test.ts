import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { collection } from '../declare/collection.ts'
import { hidden, readBy } from '../declare/field.ts'
import { ItemView } from './item-view.ts'
import { membersOf } from './member.ts'
import type { Caller } from '../operation.ts'

const caller = (role: string | undefined): Caller => ({ id: 'x', role, credential: 'k' })
const view = new ItemView(
  'things',
  membersOf(
    collection(
      {
        name: z.string(),
        inner: hidden(z.string()),
        forAdmin: readBy('admin', z.string().optional()),
        forBoth: readBy(['admin', 'editor'], z.unknown()),
      },
      { allow: {} },
    ),
  ),
)
const row = {
  id: 'a"b',
  version: 1_700_000_000_123,
  createdAt: 1_600_000_000_000,
  values: { name: 'ü', inner: 's', forAdmin: 'x', forBoth: { deep: [null] } },
}
const shown = (role: string | undefined) => JSON.parse(view.content(row, view.variantOf(caller(role)))) as object

describe('members', () => {
  test('hidden ones are sent to nobody, those for roles to these', () => {
    const made = { createdAt: '2020-09-13T12:26:40.000Z', updatedAt: '2023-11-14T22:13:20.123Z' }
    expect(shown(undefined)).toEqual({ id: 'a"b', name: 'ü', ...made })
    expect(shown('basic')).toEqual({ id: 'a"b', name: 'ü', ...made })
    expect(shown('editor')).toEqual({ id: 'a"b', name: 'ü', forBoth: { deep: [null] }, ...made })
    expect(shown('admin')).toEqual({ id: 'a"b', name: 'ü', forAdmin: 'x', forBoth: { deep: [null] }, ...made })
  })

  test('in the order they are declared, between id and times', () => {
    expect(Object.keys(shown('admin'))).toEqual(['id', 'name', 'forAdmin', 'forBoth', 'createdAt', 'updatedAt'])
  })

  test('each role is shown its own, however many roles there are', () => {
    const roles = Array.from({ length: 40 }, (_, at) => `role${at}`)
    const fields = Object.fromEntries(roles.map((role) => [`for${role}`, readBy(role, z.string())]))
    const many = new ItemView('many', membersOf(collection(fields, { allow: {} })))
    const values = Object.fromEntries(Object.keys(fields).map((name) => [name, 'x']))
    for (const role of roles) {
      const content = many.content({ ...row, values }, many.variantOf(caller(role)))
      expect(Object.keys(JSON.parse(content) as object)).toEqual(['id', `for${role}`, 'createdAt', 'updatedAt'])
    }
  })

  test('roles that are shown the same have the same octets, so the same tag', () => {
    const pair = new ItemView('pair', membersOf(collection({ a: readBy(['x', 'y'], z.string()) }, { allow: {} })))
    expect(pair.variantOf(caller('x'))).toBe(pair.variantOf(caller('y')))
  })

  test('code of the author sees all of them, in an object of its own', () => {
    expect(view.item(row)).toMatchObject({ inner: 's', forAdmin: 'x' })
    expect(view.item(row)).not.toBe(view.item(row))
  })
})

describe('the entity tag (RFC 9110 §8.8.3)', () => {
  const tag = (version: number, role?: string) => view.etag(version, view.variantOf(caller(role)))

  test('changes with the version and with what is shown, and with nothing else', () => {
    expect(tag(1)).toBe(tag(1, 'basic'))
    expect(new Set([tag(1), tag(2), tag(1, 'editor'), tag(1, 'admin')]).size).toBe(4)
    expect(tag(row.version)).toMatch(/^"[\w.-]+"$/)
  })

  test('changes when the declaration does', () => {
    const of = (schema: z.ZodType) =>
      new ItemView('things', membersOf(collection({ a: schema }, { allow: {} }))).etag(1, 0)
    expect(of(z.string())).toBe(of(z.string()))
    expect(of(z.string())).not.toBe(of(z.string().max(3)))
  })
})

test('the representation: its length in octets, and a date that is never later than now (RFC 9110 §8.8.2.1)', () => {
  const { content, length, fields } = view.representation(row, 0, row.version - 5000)
  expect(length).toBe(Buffer.byteLength(content))
  expect(fields).toEqual([
    'Content-Type',
    'application/json',
    'ETag',
    view.etag(row.version, 0),
    'Last-Modified',
    'Tue, 14 Nov 2023 22:13:15 GMT',
  ])
})
