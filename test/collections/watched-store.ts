/** A store that is looked over the shoulder: it can be told to keep others waiting, and says what it was asked. */
import type { Reader, Store, Table, Transaction } from '../../src/server/storage.ts'

export interface Watch {
  /** The store says when its tables change, as one in the same process can. */
  readonly revisions?: boolean
  /** Called before each question is passed on. */
  readonly asked?: (what: 'peek' | keyof Reader, table: string) => void | Promise<void>
}

/** Every answer is a promise, as those of a database across a network are. */
export function watched(store: Store, { asked, revisions = false }: Watch = {}): Store {
  const reader = (inner: Reader): Reader => ({
    read: async (table, id) => {
      await asked?.('read', table)
      return inner.read(table, id)
    },
    find: async (table, column, value) => {
      await asked?.('find', table)
      return inner.find(table, column, value)
    },
    list: async (table, query) => {
      await asked?.('list', table)
      return inner.list(table, query)
    },
    count: async (table, filter) => {
      await asked?.('count', table)
      return inner.count(table, filter)
    },
  })
  const transaction = (inner: Transaction): Transaction => ({
    ...reader(inner),
    insert: async (table, values, id) => inner.insert(table, values, id),
    update: async (table, id, expected, changes) => inner.update(table, id, expected, changes),
    remove: async (table, id, expected) => inner.remove(table, id, expected),
    removeAll: async (table, where) => inner.removeAll(table, where),
  })
  return {
    ...reader(store),
    get reachable() {
      return store.reachable
    },
    prepare: (tables: readonly Table[]) => store.prepare(tables),
    peek: async (table, id) => {
      await asked?.('peek', table)
      return store.peek(table, id)
    },
    revision: (table) => (revisions ? store.revision(table) : undefined),
    write: (work, refused) => store.write((tx) => work(transaction(tx)), refused),
    ping: async () => store.ping(),
    close: () => store.close(),
  }
}
