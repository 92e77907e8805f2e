import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MigrationRefused } from '../../server/storage.ts'
import type { Column, Row, Store, Table, Value } from '../../server/storage.ts'
import { bundleStore, runModule } from '../processes.test-helper.ts'
import { openSqlite } from '../sqlite.ts'
import { Connection } from './connection.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-migration-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = (name: string, more: Partial<Column> = {}): Column => ({ name, type: 'text', required: false, ...more })
const table = (columns: readonly Column[], indexes: Table['indexes'] = []): Table => ({
  name: 'things',
  columns,
  guards: [],
  indexes,
})
const OTHERS: Table = { name: 'others', columns: [text('name')], guards: [], indexes: [] }
const BY_NAME = [{ filter: [], sort: [{ column: 'name', descending: false }] }]

let path: string
let opened = 0
let store: Store

beforeEach(async () => {
  opened += 1
  path = join(folder, `${opened}.db`)
  store = await openSqlite(`file:${path}`)
})
afterEach(() => store.close())

/** As a process started with another declaration does. */
const restart = async (...tables: readonly Table[]): Promise<void> => {
  await store.close()
  store = await openSqlite(`file:${path}`)
  await store.prepare(tables)
}

const insert = async (values: Readonly<Record<string, Value>>, id?: string): Promise<Row> => {
  const outcome = await store.write((tx) => tx.insert('things', values, id))
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  return outcome.row
}
const values = async (id: string) => (await store.read('things', id))?.values
const schema = (): unknown => {
  const connection = new Connection(path, { durability: 'power', create: false })
  const found = connection.all('SELECT name, sql FROM sqlite_schema ORDER BY name')
  connection.close()
  return found
}
const refusal = async (...tables: readonly Table[]): Promise<readonly string[]> => {
  const before = schema()
  const rows = await store.list('things', { filter: {}, sort: [], limit: 100 })
  const refused: unknown = await restart(...tables).catch((error: unknown) => error)
  if (!(refused instanceof MigrationRefused)) throw new Error('not refused', { cause: refused })
  expect(schema()).toEqual(before)
  await restart(last)
  expect(await store.list('things', { filter: {}, sort: [], limit: 100 })).toEqual(rows)
  return refused.plan
}

let last: Table
const start = async (...tables: readonly [Table, ...Table[]]): Promise<void> => {
  last = tables[0]
  await store.prepare(tables)
}

describe('what loses nothing is done', () => {
  test('a new table', async () => {
    await start(table([text('name')]))
    await insert({ name: 'a' }, 'a')
    await restart(table([text('name')]), OTHERS)
    expect(await store.count('others', {})).toBe(0)
    expect(await values('a')).toEqual({ name: 'a' })
  })

  test('a new column that may be absent', async () => {
    await start(table([text('name')]))
    await insert({ name: 'a' }, 'a')
    await restart(table([text('name'), { name: 'size', type: 'integer', required: false }]))
    expect(await values('a')).toStrictEqual({ name: 'a' })
    await insert({ size: 7 }, 'b')
    expect(await values('b')).toStrictEqual({ size: 7 })
  })

  test.each<[string, Column, Value]>([
    ['text', text('added', { required: true, initial: "it's" }), "it's"],
    ['a number', { name: 'added', type: 'real', required: true, initial: 1.5 }, 1.5],
    ['false', { name: 'added', type: 'boolean', required: true, initial: false }, false],
    ['JSON', { name: 'added', type: 'json', required: true, initial: { a: ['b'] } }, { a: ['b'] }],
    ['null', text('added', { initial: null }), null],
    ['a folded unique value, for one row', text('added', { required: true, initial: 'Ä', unique: 'folded' }), 'Ä'],
    [
      'a reference',
      text('added', { required: true, initial: 'o', references: { table: 'others', onDelete: 'restrict' } }),
      'o',
    ],
  ])('a new column with an initial value: %s', async (_, column, expected) => {
    await start(table([text('name')]), OTHERS)
    await insert({ name: 'a' }, 'a')
    await store.write((tx) => tx.insert('others', {}, 'o'))
    await restart(table([text('name'), column]), OTHERS)
    expect(await values('a')).toStrictEqual({ name: 'a', added: expected })
  })

  test('a column that becomes required takes its initial value where it was absent, not where it was null', async () => {
    await start(table([text('name')]))
    await insert({}, 'absent')
    await insert({ name: null }, 'null')
    await restart(table([text('name', { required: true, initial: 'x' })]))
    expect(await values('absent')).toEqual({ name: 'x' })
    expect(await values('null')).toEqual({ name: null })
  })

  test('a new index, and one no longer wanted', async () => {
    await start(table([text('name')]))
    await insert({ name: 'b' }, 'b')
    await insert({ name: 'a' }, 'a')
    const list = async () => store.list('things', { ...BY_NAME[0], filter: {}, sort: BY_NAME[0]?.sort ?? [], limit: 9 })
    await expect(list()).rejects.toThrow(TypeError)
    await restart(table([text('name')], BY_NAME))
    expect((await list()).map((row) => row.id)).toEqual(['a', 'b'])
    await restart(table([text('name')]))
    expect(JSON.stringify(schema())).not.toContain('__list__')
  })

  test('uniqueness where no two rows share a value; then folded; then none', async () => {
    await start(table([text('name')]))
    await insert({ name: 'Ä' }, 'a')
    await insert({ name: null }, 'b')
    await insert({ name: null }, 'c')
    const add = (name: string) => store.write((tx) => tx.insert('things', { name }))
    await restart(table([text('name', { unique: 'exact' })]))
    expect(await add('Ä')).toEqual({ kind: 'conflict', columns: ['name'] })
    await restart(table([text('name', { unique: 'folded' })]))
    expect(await add('ä')).toEqual({ kind: 'conflict', columns: ['name'] })
    expect(await store.find('things', 'name', 'ä')).toMatchObject({ id: 'a' })
    await restart(table([text('name')]))
    expect((await add('Ä')).kind).toBe('done')
    expect(JSON.stringify(schema())).not.toContain('folded')
  })

  test('a list is filtered as the column compares now', async () => {
    const sort = [{ column: 'createdAt', descending: true }]
    const filtered = (unique?: 'exact' | 'folded') =>
      table([text('name', unique === undefined ? {} : { unique })], [{ filter: ['name'], sort }])
    const found = async () => (await store.list('things', { filter: { name: 'ä' }, sort, limit: 9 })).length
    await start(filtered())
    await insert({ name: 'Ä' }, 'a')
    expect(await found()).toBe(0)
    await restart(filtered('folded'))
    expect(await found()).toBe(1)
    await restart(filtered('exact'))
    expect(await found()).toBe(0)
  })

  test('a column that holds nothing may go, or change its type', async () => {
    await start(table([text('name'), text('spare', { references: { table: 'others', onDelete: 'cascade' } })]), OTHERS)
    await insert({ name: 'a' }, 'a')
    await restart(table([text('name'), { name: 'spare', type: 'integer', required: false }]), OTHERS)
    await insert({ spare: 1 }, 'b')
    expect(await values('b')).toEqual({ spare: 1 })
    expect(await values('a')).toEqual({ name: 'a' })
  })

  test('another rule for what a column refers to', async () => {
    const things = (onDelete?: 'restrict' | 'cascade') =>
      table([text('other', onDelete && { references: { table: 'others', onDelete } })])
    await start(things(), OTHERS)
    const made = await store.write((tx) => tx.insert('others', {}, 'o'))
    if (made.kind !== 'done') throw new Error(made.kind)
    await insert({ other: 'o' }, 'a')
    const remove = () => store.write((tx) => tx.remove('others', 'o', made.row.version))
    await restart(things('restrict'), OTHERS)
    expect(await values('a')).toEqual({ other: 'o' })
    expect(await remove()).toEqual({ kind: 'restricted', table: 'things' })
    await restart(things('cascade'), OTHERS)
    expect(await remove()).toEqual({ kind: 'done' })
    expect(await values('a')).toBeUndefined()
  })

  test('a table no longer declared keeps its rows and its rules', async () => {
    await start(table([text('other', { references: { table: 'others', onDelete: 'restrict' } })]), OTHERS)
    const made = await store.write((tx) => tx.insert('others', {}, 'o'))
    if (made.kind !== 'done') throw new Error(made.kind)
    await insert({ other: 'o' }, 'a')
    await restart(OTHERS)
    expect(await store.write((tx) => tx.remove('others', 'o', made.row.version))).toEqual({
      kind: 'restricted',
      table: 'things',
    })
    await restart(last, OTHERS)
    expect(await values('a')).toEqual({ other: 'o' })
  })

  test('the version of a row stays: nothing of it has changed', async () => {
    await start(table([text('name')]))
    const row = await insert({ name: 'a' }, 'a')
    await restart(table([text('name', { unique: 'folded' }), text('added', { required: true, initial: 'x' })]))
    expect(await store.read('things', 'a')).toMatchObject({ version: row.version, createdAt: row.createdAt })
  })
})

describe('what would lose something, or does not fit, is refused with the plan, and nothing changes', () => {
  test('a column removed while rows hold it, a value or null', async () => {
    await start(table([text('name'), text('spare')]))
    await insert({ name: 'a' }, 'a')
    await insert({ spare: null }, 'b')
    expect(await refusal(table([text('spare')]))).toEqual([expect.stringMatching(/^things\.name .* 1 row holds it/)])
    expect(await refusal(table([]))).toHaveLength(2)
  })

  test('another type while rows hold the column', async () => {
    await start(table([text('name')]))
    await insert({ name: '7' })
    expect(await refusal(table([{ name: 'name', type: 'integer', required: false }]))).toEqual([
      expect.stringMatching(/^things\.name was text and is declared integer/),
    ])
    expect(await refusal(table([{ name: 'name', type: 'json', required: false }]))).toHaveLength(1)
  })

  test('a required column without an initial value, new or known', async () => {
    await start(table([text('name')]))
    await insert({})
    expect(await refusal(table([text('name'), text('added', { required: true })]))).toEqual([
      expect.stringMatching(/^things\.added is required, but 1 row is without it/),
    ])
    expect(await refusal(table([text('name', { required: true })]))).toHaveLength(1)
  })

  test('uniqueness that rows break', async () => {
    await start(table([text('name')]))
    await insert({ name: 'Ä' })
    await insert({ name: 'ä' })
    expect(await refusal(table([text('name', { unique: 'folded' })]))).toEqual([
      expect.stringMatching(/^things\.name is unique, but 1 value is held by more than one row/),
    ])
    expect(await refusal(table([text('name'), text('added', { unique: 'exact', initial: 'x' })]))).toHaveLength(1)
    await restart(table([text('name', { unique: 'exact' })]))
  })

  test('a reference to what is not there', async () => {
    await start(table([text('other')]), OTHERS)
    await insert({ other: 'nobody' })
    expect(
      await refusal(table([text('other', { references: { table: 'others', onDelete: 'cascade' } })]), OTHERS),
    ).toEqual([expect.stringMatching(/^things\.other refers to others, but 1 row refers to what is not there/)])
  })

  test('everything at once is named at once, and of several tables none is touched', async () => {
    await start(table([text('name'), text('spare')]))
    await insert({ name: 'a', spare: 'b' })
    const plan = await refusal(OTHERS, table([text('added', { required: true })]))
    expect(plan).toHaveLength(3)
  })

  test('a table that somebody else made', async () => {
    const connection = new Connection(path, { durability: 'power', create: false })
    connection.exec('CREATE TABLE Things (x)')
    connection.close()
    await expect(store.prepare([table([])])).rejects.toThrow(/A table things is there, but no declaration of it/)
  })
})

describe('a declaration no table can be made of is a bug of the caller', () => {
  test.each<[string, readonly Table[], RegExp]>([
    ['a column every row has', [table([text('createdAt')])], /every row has createdAt already/],
    ['columns that differ in case alone', [table([text('name'), text('Name')])], /differ in more than case/],
    ['tables that differ in case alone', [OTHERS, { ...OTHERS, name: 'OTHERS' }], /differ in more than case/],
    [
      'a reference to nowhere',
      [table([text('a', { references: { table: 'x', onDelete: 'cascade' } })])],
      /not declared/,
    ],
    [
      'a unique JSON column',
      [table([{ name: 'a', type: 'json', required: false, unique: 'exact' }])],
      /cannot be unique/,
    ],
    ['an index on nothing', [table([], BY_NAME)], /declares no column name/],
    ['a guard on nothing', [{ ...OTHERS, guards: ['x'] }], /declares no column x/],
    ['a name SQLite keeps', [{ ...OTHERS, name: 'sqlite_master' }], /No table can be named/],
  ])('%s', async (_, tables, message) => {
    await expect(store.prepare(tables)).rejects.toThrow(message)
  })
})

test('several processes may prepare at once', { timeout: 60_000 }, async () => {
  const bundle = await bundleStore(folder)
  const tables = [OTHERS, table([text('name', { unique: 'folded' })], BY_NAME)]
  const source = `
    const { openSqlite } = await import(process.argv[1])
    console.log('ready')
    for await (const _ of process.stdin) break
    const store = await openSqlite('file:' + process.argv[2])
    await store.prepare(${JSON.stringify(tables)})
    console.log((await store.write((tx) => tx.insert('things', { name: process.pid + '' }))).kind)
    await store.close()`
  const fresh = join(folder, 'fresh.db')
  const processes = Array.from({ length: 6 }, () => runModule(source, [bundle, fresh]))
  for (const one of processes) expect(await one.next()).toBe('ready')
  for (const one of processes) one.send('go')
  for (const one of processes) expect(await one.next()).toBe('done')
  const shared = await openSqlite(`file:${fresh}`)
  await shared.prepare(tables)
  expect(await shared.count('things', {})).toBe(6)
  await shared.close()
})
