/** Whatever is done, in whatever order, SQLite answers as the plain store in memory does. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { ListQuery, Store, Table, Transaction, Value } from '../server/storage.ts'
import { openMemoryForTests } from './memory.test-store.ts'
import { openSqlite } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-engines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tables: readonly Table[] = [
  {
    name: 'parents',
    columns: [
      { name: 'name', type: 'text', unique: 'folded', required: false },
      { name: 'code', type: 'integer', unique: 'exact', required: false },
    ],
    guards: ['name'],
    indexes: [{ filter: [], sort: [{ column: 'code', descending: true }] }],
  },
  {
    name: 'children',
    columns: [
      { name: 'kept', type: 'text', required: false, references: { table: 'parents', onDelete: 'restrict' } },
      { name: 'gone', type: 'text', required: false, references: { table: 'parents', onDelete: 'cascade' } },
      { name: 'rank', type: 'real', required: false },
      { name: 'flag', type: 'boolean', required: false },
      { name: 'extra', type: 'json', required: false },
    ],
    guards: ['rank', 'flag', 'extra'],
    indexes: [
      { filter: ['flag'], sort: [{ column: 'rank', descending: false }] },
      {
        filter: [],
        sort: [
          { column: 'flag', descending: true },
          { column: 'rank', descending: false },
        ],
      },
      { filter: [], sort: [{ column: 'updatedAt', descending: true }] },
    ],
  },
]

const PARENTS = ['p1', 'p2', 'p3', 'p4']
const CHILDREN = ['c1', 'c2', 'c3', 'c4', 'c5']

const missing = fc.constantFrom(undefined, null)
const orMissing = <T extends Value>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: value }, missing)
const name = fc.constantFrom('a', 'A', 'ä', 'Ä', '\u{1F600}', '\u{FF5E}', '')
const parent = fc.record(
  { name: orMissing(name), code: orMissing(fc.integer({ min: 0, max: 4 })) },
  { requiredKeys: [] },
)
const child = fc.record(
  {
    kept: orMissing(fc.constantFrom(...PARENTS, 'nobody')),
    gone: orMissing(fc.constantFrom(...PARENTS, 'nobody')),
    rank: orMissing(fc.constantFrom(-1.5, 0, 0.5, 3)),
    flag: orMissing(fc.boolean()),
    extra: orMissing(fc.jsonValue({ maxDepth: 2 }).map(withoutNegativeZero)),
  },
  { requiredKeys: [] },
)

interface Operation {
  readonly table: string
  readonly does: 'insert' | 'update' | 'remove' | 'removeAll'
  readonly id: string
  readonly values: Readonly<Record<string, Value>>
  readonly stale: boolean
}

const operation = (table: string, ids: readonly string[], values: fc.Arbitrary<Operation['values']>) =>
  fc.record<Operation>({
    table: fc.constant(table),
    does: fc.constantFrom('insert', 'insert', 'insert', 'update', 'update', 'remove', 'removeAll'),
    id: fc.constantFrom(...ids),
    values,
    stale: fc.constantFrom(false, false, false, true),
  })

/** One write: operations, and whether it is undone at the end, by throwing or by being refused. */
const write = fc.record({
  operations: fc.array(fc.oneof(operation('parents', PARENTS, parent), operation('children', CHILDREN, child)), {
    minLength: 1,
    maxLength: 5,
  }),
  end: fc.constantFrom('kept', 'kept', 'kept', 'refused', 'thrown'),
  later: fc.boolean(),
  tick: fc.integer({ min: -2, max: 3 }),
})

const query = fc.record({
  list: fc.constantFrom<Omit<ListQuery, 'limit'>>(
    { filter: {}, sort: [] },
    { filter: { flag: true }, sort: [{ column: 'rank', descending: false }] },
    { filter: { flag: null }, sort: [{ column: 'rank', descending: true }] },
    {
      filter: {},
      sort: [
        { column: 'flag', descending: true },
        { column: 'rank', descending: false },
      ],
    },
    {
      filter: {},
      sort: [
        { column: 'flag', descending: false },
        { column: 'rank', descending: true },
      ],
    },
    { filter: {}, sort: [{ column: 'updatedAt', descending: true }] },
  ),
  limit: fc.integer({ min: 1, max: 4 }),
  backwards: fc.boolean(),
  after: fc.constantFrom(undefined, ...CHILDREN),
})

test('random writes and questions have the same answers on SQLite and in memory', { timeout: 120_000 }, async () => {
  let opened = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(write, { minLength: 1, maxLength: 12 }),
      fc.array(query, { maxLength: 8 }),
      async (writes, queries) => {
        let now = 1_700_000_000_000
        const options = { now: () => now }
        const sqlite = await openSqlite(`file:${folder}/${(opened += 1)}.db`, { ...options, durability: 'process' })
        const memory = openMemoryForTests(options)
        try {
          for (const store of [sqlite, memory]) await store.prepare(tables)
          for (const one of writes) {
            now += one.tick
            expect(await outcomeOf(sqlite, one)).toEqual(await outcomeOf(memory, one))
            expect(await everything(sqlite)).toEqual(await everything(memory))
          }
          for (const one of queries) expect(await listed(sqlite, one)).toEqual(await listed(memory, one))
        } finally {
          await sqlite.close()
        }
      },
    ),
    { numRuns: 150 },
  )
})

async function outcomeOf(
  store: Store,
  { operations, end, later }: typeof write extends fc.Arbitrary<infer W> ? W : never,
) {
  const outcomes: unknown[] = []
  const perform = async (tx: Transaction) => {
    for (const one of operations) {
      if (later) await Promise.resolve()
      try {
        outcomes.push(await performed(tx, one))
      } catch (error) {
        // Which rows forbid it is not said: only that it is a bug to ask.
        if (one.does !== 'removeAll') throw error
        outcomes.push('restricted')
      }
    }
    if (end === 'thrown') throw new Error('undo')
  }
  await store.write(perform, () => end === 'refused').catch((error: unknown) => outcomes.push(String(error)))
  return outcomes
}

async function performed(tx: Transaction, { table, does, id, values, stale }: Operation): Promise<unknown> {
  const version = ((await tx.read(table, id))?.version ?? 0) + (stale ? 1 : 0)
  switch (does) {
    case 'insert':
      return tx.insert(table, values, id)
    case 'update':
      return tx.update(table, id, version, values)
    case 'remove':
      return tx.remove(table, id, version)
    case 'removeAll':
      return tx.removeAll(
        table,
        table === 'parents' ? { column: 'code', below: 2 } : { column: 'gone', equals: values.gone },
      )
  }
}

async function everything(store: Store): Promise<unknown> {
  const rows = async (table: string) => store.list(table, { filter: {}, sort: [], limit: 100 })
  return {
    parents: await rows('parents'),
    children: await rows('children'),
    heads: await Promise.all([
      ...PARENTS.map(async (id) => store.peek('parents', id)),
      ...CHILDREN.map(async (id) => store.peek('children', id)),
    ]),
    found: await Promise.all(['a', 'Ä'].map(async (folded) => store.find('parents', 'name', folded))),
    counted: await store.count('children', { flag: true }),
  }
}

async function listed(
  store: Store,
  { list, limit, backwards, after }: typeof query extends fc.Arbitrary<infer Q> ? Q : never,
) {
  const row = after === undefined ? undefined : await store.read('children', after)
  const key = (column: string) => (column === 'updatedAt' ? row?.version : row?.values[column])
  const from = row && { keys: list.sort.map(({ column }) => key(column)), id: row.id }
  return store.list('children', { ...list, limit, backwards, ...(from && { from }) })
}

/** JSON keeps no sign of zero. */
function withoutNegativeZero(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}
