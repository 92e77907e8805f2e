import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Full, Unavailable } from '../../server/fault.ts'
import type { Table, Transaction } from '../../server/storage.ts'
import { Clock } from './clock.ts'
import { Connection } from './connection.ts'
import { toThrown } from './fault.ts'
import { GroupCommit } from './group.ts'
import type { Ledger } from './group.ts'
import { migrate } from './migration.ts'
import { SqlTransaction } from './transaction.ts'

const things: Table = {
  name: 'things',
  columns: [{ name: 'name', type: 'text', required: true, unique: 'exact' }],
  guards: [],
  indexes: [],
}

const folder = mkdtempSync(join(tmpdir(), 'tenfour-group-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let opened = 0
let writer: Connection
let observer: Connection
let commits: number
let group: GroupCommit
let ledger: Ledger

beforeEach(() => {
  opened += 1
  const path = join(folder, `${opened}.db`)
  writer = new Connection(path, { durability: 'process', create: true })
  observer = new Connection(path, { durability: 'process', create: false })
  const { shapes } = migrate(writer, [things])
  const named = new Map(shapes.map((shape) => [shape.table.name, shape]))
  const clock = new Clock(Date.now)
  commits = 0
  ledger = {
    begin: () => void writer.run('BEGIN IMMEDIATE'),
    transaction: () => new SqlTransaction(writer, named, clock),
    whole: () => writer.inTransaction,
    commit: () => {
      writer.run('COMMIT')
      commits += 1
    },
    rollback: () => void (writer.inTransaction && writer.run('ROLLBACK')),
    failed: toThrown,
  }
  group = new GroupCommit(ledger)
})
afterEach(() => {
  vi.useRealTimers()
  writer.close()
  observer.close()
})

const insert = (name: string) => group.add((tx) => tx.insert('things', { name }), undefined)
const stored = () => observer.all('SELECT name FROM things ORDER BY name').map(([name]) => name)

describe('group commit', () => {
  test('a failure that cannot be told fails its group, and the next write has its turn', async () => {
    ledger.failed = () => {
      throw new Error('cannot be told')
    }
    const thrown = group.add(() => Promise.reject(new Error('a bug')), undefined)
    await expect(thrown).rejects.toBeInstanceOf(Unavailable)
    await insert('a')
    expect(stored()).toEqual(['a'])
  })

  test('writes of one turn of the event loop share a commit, those of another have their own', async () => {
    await Promise.all([insert('a'), insert('b'), insert('c')])
    expect(commits).toBe(1)
    await insert('d')
    expect(commits).toBe(2)
    expect(stored()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('a group waits for the next turn as long as each brings a write', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
    const first = insert('a')
    await new Promise<void>((resolve) => void setImmediate(resolve))
    await Promise.all([first, insert('b')])
    clock.mockRestore()
    expect(commits).toBe(1)
  })

  test('no write is answered before the commit, also one that is refused or throws', async () => {
    const seen: string[] = []
    const note = (what: string) => () => void seen.push(`${what} after ${commits} commits and ${stored().length} rows`)
    await Promise.all([
      insert('a').then(note('done')),
      group
        .add(
          (tx) => tx.insert('things', { name: 'a' }),
          (result) => result.kind !== 'done',
        )
        .then(note('refused')),
      group
        .add(() => {
          throw new Error('thrown')
        }, undefined)
        .catch(note('thrown')),
      group.add(async () => 'later', undefined).then(note('later')),
    ])
    expect(seen.toSorted()).toEqual(
      ['done', 'later', 'refused', 'thrown'].map((what) => `${what} after 1 commits and 1 rows`),
    )
  })

  test('work that does not wait runs to the end of its group without giving way', async () => {
    const order: string[] = []
    const written = Promise.all(
      ['a', 'b', 'c'].map((name) =>
        group.add(() => {
          order.push(name)
          void Promise.resolve().then(() => order.push(`microtask after ${name}`))
        }, undefined),
      ),
    )
    await written
    expect(order.slice(0, 3)).toEqual(['a', 'b', 'c'])
  })

  test('a failed commit fails every write of the group, refusals too, and the next group succeeds', async () => {
    const commit = vi.spyOn(ledger, 'commit').mockImplementationOnce(() => {
      throw new Unavailable('the disk is gone')
    })
    const outcomes = await Promise.allSettled([
      insert('a'),
      insert('b'),
      group.add(
        (tx) => tx.insert('things', { name: 'a' }),
        (result) => result.kind !== 'done',
      ),
    ])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(stored()).toEqual([])
    await insert('c')
    expect(commit).toHaveBeenCalledTimes(2)
    expect(stored()).toEqual(['c'])
  })

  test('when SQLite undoes the transaction by itself, all its writes fail, and those after it do not', async () => {
    writer.get(`PRAGMA max_page_count = ${Number(writer.get('PRAGMA page_count')?.[0]) + 3}`)
    const outcomes = await Promise.allSettled([insert('a'), insert('x'.repeat(40_000)), insert('c')])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(outcomes[0]).toMatchObject({ reason: expect.any(Full) })
    expect(outcomes[1]).toMatchObject({ reason: expect.any(Full) })
    expect(stored()).toEqual(['c'])
  })

  test('work that goes on after SQLite has undone the transaction cannot commit anything by itself', async () => {
    writer.get(`PRAGMA max_page_count = ${Number(writer.get('PRAGMA page_count')?.[0]) + 3}`)
    const stubborn = group.add((tx) => {
      try {
        tx.insert('things', { name: 'x'.repeat(40_000) })
      } catch {
        return tx.insert('things', { name: 'small' })
      }
      return undefined
    }, undefined)
    await expect(stubborn).rejects.toMatchObject({ name: 'Unavailable' })
    expect(stored()).toEqual([])
  })

  test('a group is bounded: a thousand writes take several, and other callbacks run in between', async () => {
    let between = 0
    const tick = setInterval(() => (between += 1), 0)
    await Promise.all(Array.from({ length: 1_200 }, (_, n) => insert(String(n))))
    clearInterval(tick)
    expect(commits).toBeGreaterThanOrEqual(3)
    expect(between).toBeGreaterThan(0)
    expect(stored()).toHaveLength(1_200)
  })

  test('work that never ends is undone after ten seconds, and holds up nobody for longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let kept: Transaction | undefined
    const hanging = group.add(async (tx) => {
      kept = tx
      await tx.insert('things', { name: 'hanging' })
      await new Promise(() => undefined)
    }, undefined)
    const thrown = hanging.catch((error: unknown) => error)
    const next = insert('next')
    await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await thrown).toMatchObject({ name: 'Unavailable', retryAfter: 1 })
    expect((await next).kind).toBe('done')
    expect(stored()).toEqual(['next'])
    expect(() => kept?.insert('things', { name: 'late' })).toThrow('ended')
  })
})
