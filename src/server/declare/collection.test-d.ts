/** What a collection's types let through, and what they refuse. */
import { z } from 'zod'
import { accepted, changed, conflict, created, deleted, done } from './outcome.ts'
import { collection } from './collection.ts'
import { hidden, readBy, readOnly, setBy, unique } from './field.ts'
import type { Item, Members, NewItem, Patch, Replacement, Sent } from './item.ts'
import { owner, ref } from './reference.ts'

const orders = collection(
  {
    title: z.string(),
    count: z.number(),
    slug: unique(z.string().optional()),
    rank: setBy(['admin', 'editor'], z.enum(['low', 'high']).default('low')),
    paidAt: readOnly(z.iso.datetime().nullable().default(null)),
    code: hidden(z.string()),
    note: readBy('admin', z.string()),
    size: z.string().transform((text) => text.length),
    shop: ref('shops', { onDelete: 'cascade' }),
    twin: unique(ref('orders', { optional: true })),
    by: owner('users'),
  },
  {
    allow: {
      list: ['owner', 'admin'],
      read: 'anyone',
      update: ['owner', ({ item, caller }) => item.count > 1 && caller?.role === 'editor'],
    },
    list: { filter: ['title', 'by'], sort: ['-count', 'createdAt', '-updatedAt'] },
    check: (after, before) =>
      after.count < (before?.count ?? 0)
        ? [{ pointer: '/count', detail: 'It only grows.', code: 'shrinks' }]
        : undefined,
    before: {
      create: ({ input, item }) => {
        item satisfies undefined
        return { paidAt: input.title }
      },
      update: ({ input, item }) => (item.id === '' ? { count: input.count } : undefined),
    },
    actions: {
      pay: {
        input: z.object({ cents: z.number() }),
        output: z.object({ left: z.number() }),
        allow: ['owner', ({ item }) => item.count === 1],
        outcomes: ['changed', 'conflict', 'done'],
        // `when` is asked before any content is read.
        when: (item) => (item.paidAt === null ? undefined : [{ detail: 'It is paid.', code: 'paid' }]),
        perform(x, tx) {
          if (x.item.count > x.input.cents) return conflict([])
          return x.input.cents === 0 ? done({ left: 1 }) : changed({ paidAt: String(tx) })
        },
      },
      drop: {
        allow: 'admin',
        outcomes: ['deleted'],
        perform: async ({ item }) => (item.count > 0 ? deleted() : deleted()),
      },
    },
  },
)

type Shape = NonNullable<(typeof orders)['~collection']>
type F = Shape['fields']
type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

export const stored: Is<
  Item<F>,
  {
    readonly id: string
    readonly createdAt: string
    readonly updatedAt: string
    readonly title: string
    readonly count: number
    readonly slug?: string
    readonly rank: 'low' | 'high'
    readonly paidAt: string | null
    readonly code: string
    readonly note: string
    readonly size: number
    readonly shop: string
    readonly twin?: string
    readonly by: string
  }
> = true
export const sent: Is<keyof Sent<F>, Exclude<keyof Item<F>, 'code'>> = true
export const maybeSent: Is<Pick<Sent<F>, 'note'>, { readonly note?: string }> = true
export const taken: Is<
  NewItem<F>,
  {
    readonly title: string
    readonly count: number
    readonly slug?: string | undefined
    readonly rank?: 'low' | 'high' | undefined
    readonly code: string
    readonly note: string
    readonly size: string
    readonly shop: string
    readonly twin?: string | undefined
    readonly by?: string | undefined
  }
> = true
export const kept: Is<Members<F>['paidAt'], string | null> = true

// What the types remember, for the contract.
export const shape: [
  Is<Shape['allow']['list'], readonly ['owner', 'admin']>,
  Is<Shape['actions']['pay']['outcomes'], 'changed' | 'conflict' | 'done'>,
  Is<Shape['actions']['drop']['allow'], 'admin'>,
  Is<unknown extends Shape['actions']['drop']['when'] ? true : false, true>,
  Is<unknown extends Shape['actions']['pay']['when'] ? true : false, false>,
  Is<Shape['checked'], true>,
] = [true, true, true, true, true, true]

// Read, change, write back.
declare const read: Sent<F>
export const written: Replacement<F> = { ...read, title: 'New', code: '', note: '', size: '' }
export const patch: Patch<F> = { slug: null, count: 2 }
// @ts-expect-error a member that must be there cannot be taken away
export const taking: Patch<F> = { title: null }

export const computed = collection(Object.fromEntries([['a', z.string()]]), { allow: {} })

const text = { title: z.string() }
// @ts-expect-error made by the server
collection({ id: z.string() }, { allow: { read: 'anyone' } })
// @ts-expect-error the account's, and never a member of your own
collection({ password: z.string() }, { allow: { read: 'anyone' } })
// @ts-expect-error no schema
collection({ title: 'string' }, { allow: { read: 'anyone' } })
// @ts-expect-error no verb
collection(text, { allow: { read: 'anyone', raed: 'anyone' } })
// @ts-expect-error no option
collection(text, { allow: { read: 'anyone' }, hidden: true })
// @ts-expect-error a list has no item to ask a function about
collection(text, { allow: { list: () => true } })
// @ts-expect-error nor has creation
collection(text, { allow: { create: ['signedIn', () => true] } })
// @ts-expect-error no member
collection(text, { allow: { list: 'anyone' }, list: { filter: ['titel'] } })
// @ts-expect-error no member to sort by
collection(text, { allow: { list: 'anyone' }, list: { sort: ['-titel'] } })
// @ts-expect-error no scalar
collection({ tags: z.array(z.string()) }, { allow: { list: 'anyone' }, list: { filter: ['tags'] } })
// @ts-expect-error a filter would tell what is hidden
collection({ code: hidden(z.string()) }, { allow: { list: 'anyone' }, list: { filter: ['code'] } })
// @ts-expect-error a misspelt option of the list
collection(text, { allow: { list: 'anyone' }, list: { filter: ['title'], sorts: ['title'] } })
const go = { allow: 'anyone' } as const
// @ts-expect-error an outcome that is not declared
collection(text, { allow: {}, actions: { a: { ...go, outcomes: ['done'], perform: () => conflict([]) } } })
// @ts-expect-error no outcome
collection(text, { allow: {}, actions: { a: { ...go, outcomes: ['finished'], perform: () => done() } } })
// @ts-expect-error no member to change
collection(text, { allow: {}, actions: { a: { ...go, outcomes: ['changed'], perform: () => changed({ titel: 1 }) } } })
// @ts-expect-error without input there is none
collection(text, { allow: {}, actions: { a: { ...go, outcomes: ['done'], perform: (x) => done(x.input.n) } } })
// @ts-expect-error a rule is asked before any content is read
collection(text, { allow: { update: ({ input }) => input !== undefined } })
// @ts-expect-error a hook returns members, and this is none
collection(text, { allow: {}, before: { create: () => ({ colour: 'red' }) } })

const counted = { ...go, output: z.object({ n: z.number() }), outcomes: ['created'] } as const
collection(text, { allow: {}, actions: { a: { ...counted, perform: () => created({ n: 1 }) } } })
// @ts-expect-error what was created does not fit its schema
collection(text, { allow: {}, actions: { a: { ...counted, perform: () => created({ n: '' }) } } })

// What is written in `changed({ … })` is of the member's type, not of a wider one.
const state = readOnly(z.enum(['draft', 'published']).default('draft'))
const pair = z.tuple([z.number(), z.number()])
const publish = () => changed({ state: 'published' })
const widened = ['changed'] as const
collection({ state }, { allow: {}, actions: { a: { allow: 'anyone', outcomes: ['changed'], perform: publish } } })
collection(
  { state, pair, tags: z.array(z.string()) },
  {
    allow: {},
    actions: {
      a: { allow: 'anyone', outcomes: ['changed'], perform: () => changed({ state: 'published' }) },
      b: { ...go, outcomes: widened, perform: async () => changed({ state: 'draft', pair: [1, 2], tags: ['a'] }) },
      c: {
        ...go,
        outcomes: ['created', 'done'],
        output: z.object({ is: z.literal('new') }),
        perform: ({ item }) => (item.state === 'draft' ? created({ is: 'new' }) : done({ is: 'new' })),
      },
      d: { ...go, outcomes: ['accepted'], output: z.enum(['a']), perform: () => accepted({ content: 'a' }) },
    },
  },
)
const other = { ...go, outcomes: widened }
// @ts-expect-error no value of the member
collection({ state }, { allow: {}, actions: { a: { ...other, perform: () => changed({ state: '' }) } } })
export const anything: [unknown, number] = [changed({} as unknown).item, changed<number>(1).item]
