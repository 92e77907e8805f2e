/** A write that was answered is there after the process is killed, at whatever moment; any other is whole or absent. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { Row, Table } from '../server/storage.ts'
import { bundleStore, runModule } from './processes.test-helper.ts'
import { Connection } from './sqlite/connection.ts'
import { openSqlite } from './sqlite.ts'

const ROUNDS = 12

const things: Table = {
  name: 'things',
  columns: [
    { name: 'name', type: 'text', required: true, unique: 'folded' },
    { name: 'content', type: 'text', required: true },
    { name: 'length', type: 'integer', required: true },
    { name: 'pair', type: 'text', required: false, references: { table: 'things', onDelete: 'restrict' } },
  ],
  guards: [],
  indexes: [{ filter: [], sort: [{ column: 'createdAt', descending: true }] }],
}

const folder = mkdtempSync(join(tmpdir(), 'tenfour-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** 32 writers; each writes a pair of rows that refer to one another in one write, and prints their ids once answered. */
const WRITERS = `
  const { openSqlite } = await import(process.argv[1])
  const [, , path, round] = process.argv
  const store = await openSqlite('file:' + path)
  await store.prepare([${JSON.stringify(things)}])
  console.log('ready')
  const write = async (writer) => {
    for (let n = 0; ; n += 1) {
      const name = round + '-' + writer + '-' + n
      const content = name.repeat(1 + (n * 7) % 200)
      const ids = await store.write((tx) => {
        const first = tx.insert('things', { name, content, length: content.length }).row
        const second = tx.insert('things', { name: name + ' pair', content, length: content.length, pair: first.id }).row
        tx.update('things', first.id, first.version, { pair: second.id })
        return first.id + ' ' + second.id
      })
      process.stdout.write(ids + '\\n')
    }
  }
  for (let writer = 0; writer < 32; writer += 1) void write(writer)`

test(`${ROUNDS} kills under 32 writers lose nothing that was answered`, { timeout: 120_000 }, async () => {
  const bundle = await bundleStore(folder)
  const path = join(folder, 'things.db')
  const answered: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const writers = runModule(WRITERS, [bundle, path, String(round)])
    expect(await writers.next()).toBe('ready')
    const killed = sleep(Math.random() * 250).then(() => writers.kill())
    for await (const line of writers.lines) if (line.length === 73) answered.push(...line.split(' '))
    await killed
    const connection = new Connection(path, { durability: 'power', create: false })
    expect(connection.all('PRAGMA integrity_check')).toEqual([['ok']])
    expect(connection.all('PRAGMA foreign_key_check')).toEqual([])
    connection.close()
  }
  expect(answered.length).toBeGreaterThan(ROUNDS)
  const store = await openSqlite(`file:${path}`)
  await store.prepare([things])
  const rows = new Map<string, Row>()
  for (const row of await store.list('things', { filter: {}, sort: [], limit: 1_000_000 })) rows.set(row.id, row)
  expect(answered.filter((id) => !rows.has(id))).toEqual([])
  for (const { values } of rows.values()) {
    const { name, content, length, pair } = values
    expect(String(content).length).toBe(length)
    expect(rows.get(String(pair))?.values.content).toBe(content)
    expect(String(content).startsWith(String(name).replace(' pair', ''))).toBe(true)
  }
  await store.close()
})
