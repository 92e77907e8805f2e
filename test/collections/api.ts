/** An API with every kind of member and rule, for tests of collections. */
import { z } from 'zod'
import { collection } from '../../src/server/declare/collection.ts'
import type { ApiDeclaration } from '../../src/server/declare/declaration.ts'
import { hidden, readBy, readOnly, setBy, unique } from '../../src/server/declare/field.ts'
import {
  accepted,
  changed,
  conflict,
  created,
  deleted,
  done,
  invalid,
  seeOther,
  stale,
} from '../../src/server/declare/outcome.ts'
import { owner, ref } from '../../src/server/declare/reference.ts'
import { DECLARED } from '../in-process.ts'

const users = collection(
  {
    email: unique(z.email()),
    username: unique(z.string().min(3).max(40)),
    role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
  },
  {
    allow: {
      create: 'anyone',
      list: 'admin',
      read: ['self', 'admin'],
      update: ['self', 'admin'],
      delete: 'admin',
    },
  },
)

const articles = collection(
  {
    title: z.string().min(1).max(200),
    body: z.string(),
    slug: unique(z.string().optional()),
    subtitle: z.string().nullable().default(null),
    tags: z.array(z.string()).default([]),
    meta: z.record(z.string(), z.unknown()).optional(),
    draft: readOnly(z.boolean().default(true)),
    rank: setBy('admin', z.int().default(0)),
    notes: readBy('admin', z.string().optional()),
    secret: hidden(z.string().default('none')),
    authorId: owner('users', { onDelete: 'restrict' }),
  },
  {
    allow: {
      list: 'anyone',
      read: 'anyone',
      create: 'signedIn',
      update: ['owner', 'admin'],
      delete: ['owner', 'admin'],
    },
    list: { filter: ['authorId', 'title'], sort: ['-createdAt', 'title', '-rank'] },
    check: (after) =>
      after.title === after.body
        ? [{ pointer: '/body', detail: 'The body says more than the title.', code: 'repeated' }]
        : undefined,
    actions: {
      publish: {
        allow: ['owner', 'admin'],
        outcomes: ['changed'],
        when: (article) =>
          article.draft ? undefined : [{ pointer: '', detail: 'It is published already.', code: 'published' }],
        perform: () => changed({ draft: false }),
      },
      append: {
        input: z.object({ text: z.string() }),
        allow: 'owner',
        outcomes: ['changed'],
        perform: ({ input, item }) => changed({ tags: [...item.tags, input.text] }),
      },
      discard: { allow: ['owner', 'admin'], outcomes: ['deleted'], perform: () => deleted() },
      rename: {
        input: z.object({ title: z.string().min(1) }),
        allow: 'owner',
        outcomes: ['changed', 'conflict', 'done'],
        perform: ({ input, item }) => {
          if (input.title === 'taken') return conflict([{ pointer: '/title', detail: 'No.', code: 'taken' }])
          return input.title === item.title ? done({ same: true }) : changed({ title: input.title })
        },
      },
    },
  },
)

/** References, and a rule that keeps what is not the caller's out of sight. */
const notes = collection(
  {
    text: z.string(),
    articleId: ref('articles', { onDelete: 'restrict', optional: true }),
    by: owner('users', { onDelete: 'cascade' }),
  },
  {
    allow: {
      list: ['owner', 'admin'],
      create: 'signedIn',
      read: ['owner', 'admin'],
      update: 'owner',
      delete: 'owner',
    },
    list: { filter: ['by'], sort: ['-createdAt'] },
    hide: true,
  },
)

/** What refers to items that may be hidden from whoever refers to them. */
const replies = collection(
  { text: z.string().min(1), code: unique(z.string().optional()), note: ref('notes', { optional: true }) },
  { allow: { create: 'anyone', update: 'anyone' } },
)

/** Scalars alone: a store may hand over the rows of a list again. */
const memos = collection(
  { text: z.string(), remark: readBy('admin', z.string().optional()) },
  { allow: { list: 'anyone', create: 'anyone' } },
)

/** Items whose ids the clients choose, and hooks. */
const pages = collection(
  { text: z.string(), length: readOnly(z.int()), edits: readOnly(z.int().default(0)) },
  {
    allow: {
      read: ({ item, caller }) => caller !== undefined || item.length < 100,
      create: 'signedIn',
      update: 'signedIn',
      delete: 'signedIn',
    },
    putCreates: true,
    concurrency: 'required',
    before: {
      create: ({ input }) => ({ length: input.text.length }),
      update: ({ item, input }) => ({ length: input.text.length, edits: item.edits + 1 }),
      delete: ({ item }) => {
        if (item.text === 'stays') throw new Error('it stays')
      },
    },
    after: {
      create: async ({ item, exchange }, tx) => {
        await tx.insert('log', { line: `${exchange.method} ${item.id}` })
      },
    },
  },
)

// As plain JavaScript writes it: an object literal would not compile.
const misspelt: { state?: string; statee: string } = { statee: 'old' }

/** Every outcome that an action can have. */
const jobs = collection(
  { state: readOnly(z.string().default('new')), name: unique(z.string()), must: readOnly(z.string().optional()) },
  {
    allow: { create: 'signedIn', read: 'anyone', update: 'signedIn' },
    actions: {
      mistype: { allow: 'anyone', outcomes: ['changed'], perform: () => changed(misspelt) },
      renew: { allow: 'anyone', outcomes: ['changed'], perform: ({ item }) => changed({ ...item, state: 'new' }) },
      plan: {
        input: z
          .object({
            from: z.string().optional(),
            to: z.string().optional(),
            steps: z.array(z.object({ what: z.string() })),
          })
          .refine(({ from, to }) => from !== undefined || to !== undefined, {
            path: ['from'],
            message: 'Say from or to',
          }),
        allow: 'anyone',
        outcomes: ['done'],
        perform: () => done(),
      },
      act: {
        input: z.object({ outcome: z.string(), name: z.string().optional() }),
        output: z.object({ said: z.string() }),
        allow: 'anyone',
        outcomes: ['created', 'changed', 'deleted', 'done', 'accepted', 'seeOther', 'stale', 'conflict', 'invalid'],
        perform: async ({ input, item }, tx) => {
          await tx.insert('log', { line: input.outcome })
          switch (input.outcome) {
            case 'created':
              return created({ said: 'made' }, { location: '/elsewhere' })
            case 'changed':
              return changed({ state: 'old', ...(input.name === undefined ? {} : { name: input.name }) })
            case 'deleted':
              return deleted()
            case 'done':
              return done({ said: item.name })
            case 'accepted':
              return accepted({ monitor: '/monitor' })
            case 'seeOther':
              return seeOther('/there')
            case 'stale':
              return stale()
            case 'conflict':
              return conflict([{ pointer: '', detail: 'No.', code: 'no' }])
            default:
              return invalid([{ pointer: '/outcome', detail: 'No.', code: 'no' }])
          }
        },
      },
    },
    before: {
      create: ({ input }) => (input.name === 'mistyped' ? misspelt : undefined),
      update: ({ input }) => (input.state === 'old' ? { must: 'seen' } : undefined),
    },
    after: {
      update: async ({ item }, tx) => {
        const row = await tx.read('jobs', item.id)
        if (row !== undefined) await tx.update('jobs', item.id, row.version, { must: 'twice' })
      },
      delete: async ({ item }, tx) => {
        await tx.insert('log', { line: `deleted ${item.name}` })
      },
    },
  },
)

const tasks = collection(
  { code: unique(z.string()), jobId: ref('jobs', { onDelete: 'restrict', optional: true }) },
  {
    allow: { create: 'signedIn' },
    check: ({ code }) => (code === 'shut' ? [{ pointer: '/code', detail: 'It is shut.', code: 'shut' }] : undefined),
    actions: {
      assign: {
        input: z.object({ jobId: z.string() }),
        allow: 'anyone',
        outcomes: ['changed'],
        perform: ({ input }) => changed(input),
      },
      lose: { allow: 'anyone', outcomes: ['changed'], perform: () => changed({ jobId: 'none' }) },
      shut: { allow: 'anyone', outcomes: ['changed'], perform: () => changed({ code: 'shut' }) },
    },
  },
)

/** What the server forgot to set. */
const faulty = collection({ must: readOnly(z.string()) }, { allow: { create: 'anyone' } })

/** What a hook refers to is not there. */
const astray = collection(
  {
    text: z.string(),
    jobId: readOnly(ref('jobs', { optional: true })),
    taskId: ref('tasks', { optional: true }),
    code: unique(z.string().optional()),
  },
  {
    allow: { create: 'anyone', update: 'anyone' },
    before: {
      create: ({ input }) => (input.text === 'astray' ? { jobId: 'none' } : undefined),
      update: ({ input }) => (input.text === 'astray' ? { jobId: 'none' } : undefined),
    },
  },
)

const log = collection({ line: z.string() }, { allow: { list: 'anyone', delete: 'admin' } })

export const API: ApiDeclaration = {
  ...DECLARED,
  resources: { users, articles, notes, memos, replies, pages, jobs, tasks, faulty, astray, log },
  accounts: { in: 'users', role: 'role', login: 'email' },
  auth: { password: true, apiKeys: true },
  seed: {
    users: [
      { values: { email: 'ann@x.org', username: 'ann' }, key: 'ann' },
      { values: { email: 'bob@x.org', username: 'bob' }, key: 'bob' },
      { values: { email: 'root@x.org', username: 'root', role: 'admin' }, key: 'root' },
    ],
  },
}
