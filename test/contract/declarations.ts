/** Made by scripts/generate-declarations.mjs: facts drawn at random. */
import { z } from 'zod'
import {
  apiKeys,
  collection,
  defineApi,
  found,
  hidden,
  owner,
  password,
  readBy,
  readOnly,
  ref,
  resource,
  setBy,
  unique,
} from '../../src/server/index.ts'

export const api1 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        rank: setBy('admin', z.int().default(0)),
        note: readBy('admin', z.string().optional()),
        seen: readOnly(z.boolean().default(false)),
      },
      {
        allow: {
          list: 'signedIn',
          read: 'basic',
          create: 'anyone',
          update: ['basic', 'admin'],
          delete: ['anyone', 'signedIn', 'self', () => true],
        },
        check: () => undefined,
        putCreates: true,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: ['anyone', 'signedIn', 'basic', 'admin', () => true],
            outcomes: ['changed', 'deleted', 'done', 'seeOther', 'invalid'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things1: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        secret: hidden(z.string().optional()),
        by: owner('users', { optional: true }),
      },
      {
        allow: { list: ['basic', 'admin'], read: 'signedIn', create: ['anyone', 'signedIn'], update: 'owner' },
        check: () => undefined,
        concurrency: 'required',
      },
    ),
    places2: resource('/places2/{n}', {
      params: { n: z.coerce.number() },
      allow: {
        get: 'anyone',
        put: ['anyone', 'signedIn', 'basic'],
        patch: ['anyone', 'signedIn', 'basic', 'admin'],
        delete: ['anyone', 'basic'],
      },
      get: () => 1,
      put: {
        input: z.object({ n: z.number() }),
        outcomes: ['changed', 'done', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      patch: {
        input: z.object({ n: z.number() }),
        outcomes: ['deleted', 'accepted', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['accepted'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      hide: true,
      upstream: true,
    }),
    places3: resource('/places3/{n}', {
      loads: ['found', 'missing', 'movedForNow'],
      load: () => found({ n: 1 }),
      allow: { get: 'anyone', post: 'admin' },
      post: {
        input: z.object({ n: z.number() }),
        outcomes: ['changed', 'seeOther'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      upstream: true,
    }),
    places4: resource('/places4/{n}', {
      params: { n: z.coerce.number() },
      allow: { get: ['anyone', 'signedIn'], delete: 'basic' },
      get: () => 1,
      delete: {
        outcomes: ['deleted', 'seeOther'],
        perform: () => {
          throw new Error('never performed')
        },
      },
    }),
  },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [apiKeys()],
    validation: 422,
    cors: { origins: '*' },
  },
)

export const api2 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        slug: unique(z.string().optional()),
        rank: setBy('admin', z.int().default(0)),
        seen: readOnly(z.boolean().default(false)),
        other: ref('users', { onDelete: 'restrict', optional: true }),
      },
      {
        allow: {
          list: ['anyone', 'signedIn'],
          read: 'signedIn',
          create: 'anyone',
          update: ['basic', 'admin', () => true],
          delete: ['anyone', () => true],
        },
        putCreates: true,
      },
    ),
    places1: resource('/places1/{n}', {
      params: { n: z.coerce.number() },
      loads: ['found', 'gone', 'moved', 'movedForNow'],
      validators: ['lastModified'],
      load: () => found({ n: 1 }, { lastModified: 0 }),
      allow: { get: ['basic', 'admin'], patch: ['anyone', 'basic', 'admin'], delete: ['admin', () => true] },
      patch: {
        input: z.object({ n: z.number() }),
        outcomes: ['invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['done', 'seeOther', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      hide: true,
      concurrency: 'required',
    }),
    things2: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        seen: readOnly(z.boolean().default(false)),
        by: owner('users', { optional: true }),
      },
      {
        allow: {
          list: 'owner',
          read: 'signedIn',
          create: 'anyone',
          update: ['anyone', 'basic', 'admin'],
          delete: ['signedIn', () => true],
        },
        check: () => undefined,
        concurrency: 'required',
        putCreates: true,
        actions: {
          archive: {
            allow: 'anyone',
            outcomes: ['created', 'stale'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places3: resource('/places3/{n}', {
      loads: ['found', 'missing', 'gone', 'moved'],
      validators: ['lastModified'],
      load: () => found({ n: 1 }, { lastModified: 0 }),
      allow: { get: ['anyone', 'signedIn'], put: ['signedIn', 'admin', () => true], post: ['anyone', () => true] },
      put: {
        outcomes: ['changed', 'accepted', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      post: {
        outcomes: ['conflict'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      upstream: true,
    }),
    places4: resource('/places4/{n}', {
      loads: ['found', 'gone', 'movedForNow'],
      load: () => found({ n: 1 }),
      allow: { get: ['signedIn', 'basic'], put: ['basic', () => true], delete: 'basic' },
      put: {
        input: z.object({ n: z.number() }),
        outcomes: ['invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['created', 'done', 'stale', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      hide: true,
    }),
  },
  { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [apiKeys()], unavailable: 500 },
)

export const api3 = defineApi(
  {
    things0: collection(
      { title: z.string() },
      {
        allow: { list: 'anyone', read: ['anyone', () => true], delete: 'anyone' },
        hide: true,
        concurrency: 'required',
        actions: {
          archive: {
            allow: 'anyone',
            outcomes: ['deleted', 'accepted', 'seeOther', 'conflict', 'invalid'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things1: collection(
      { title: z.string(), slug: unique(z.string().optional()), secret: hidden(z.string().optional()) },
      {
        allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
        actions: {
          archive: {
            input: z.object({ n: z.number() }),
            allow: ['anyone', () => true],
            outcomes: ['changed', 'seeOther', 'stale'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things2: collection(
      { title: z.string(), seen: readOnly(z.boolean().default(false)) },
      {
        allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
        putCreates: true,
      },
    ),
    places3: resource('/places3/{n}', {
      params: { n: z.coerce.number() },
      loads: ['found', 'missing'],
      validators: ['lastModified'],
      load: () => found({ n: 1 }, { lastModified: 0 }),
      allow: { get: 'anyone', patch: 'anyone', delete: 'anyone' },
      patch: {
        outcomes: ['created', 'changed', 'done', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['created', 'deleted', 'accepted'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      concurrency: 'required',
    }),
    things4: collection(
      { title: z.string() },
      {
        allow: { read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
        check: () => undefined,
        hide: true,
        concurrency: 'required',
        putCreates: true,
        actions: {
          publish: {
            allow: 'anyone',
            outcomes: ['created', 'changed', 'done', 'seeOther'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            allow: 'anyone',
            outcomes: ['stale'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
  },
  { validation: 422, cors: { origins: '*' } },
)

export const api4 = defineApi(
  {
    things0: collection(
      { title: z.string() },
      {
        allow: { list: 'anyone', read: ['anyone', () => true], update: ['anyone', () => true], delete: 'anyone' },
        check: () => undefined,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: 'anyone',
            outcomes: ['stale', 'conflict'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places1: resource('/places1/{n}', {
      params: { n: z.coerce.number() },
      allow: { post: 'anyone', delete: 'anyone' },
      post: {
        outcomes: ['conflict'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['changed', 'accepted', 'conflict'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      concurrency: 'required',
    }),
    things2: collection(
      {
        title: z.string(),
        secret: hidden(z.string().optional()),
        other: ref('things3', { onDelete: 'cascade', optional: true }),
      },
      {
        allow: { list: 'anyone', read: 'anyone', update: 'anyone', delete: ['anyone', () => true] },
        hide: true,
        actions: {
          archive: {
            input: z.object({ n: z.number() }),
            allow: 'anyone',
            outcomes: ['deleted', 'accepted', 'invalid'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things3: collection(
      { title: z.string(), other: ref('things2', { optional: true }) },
      {
        allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone' },
        hide: true,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: ['anyone', () => true],
            outcomes: ['stale', 'invalid'],
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            allow: 'anyone',
            outcomes: ['created', 'done'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places4: resource('/places4/{n}', {
      loads: ['found'],
      load: () => found({ n: 1 }),
      allow: { get: ['anyone', () => true], put: 'anyone', patch: 'anyone' },
      put: {
        input: z.object({ n: z.number() }),
        outcomes: ['created', 'done', 'accepted'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      patch: {
        input: z.object({ n: z.number() }),
        outcomes: ['created', 'deleted', 'accepted', 'seeOther', 'stale'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      upstream: true,
    }),
  },
  {},
)

export const api5 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: readOnly(z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        seen: readOnly(z.boolean().default(false)),
      },
      {
        allow: {
          read: ['anyone', 'signedIn', 'basic', () => true],
          create: 'anyone',
          update: ['anyone', 'signedIn', 'admin'],
          delete: 'signedIn',
        },
        hide: true,
        concurrency: 'required',
        putCreates: true,
        actions: {
          publish: {
            allow: ['admin', 'self'],
            outcomes: ['accepted', 'invalid'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            input: z.object({ n: z.number() }),
            allow: 'anyone',
            outcomes: ['conflict', 'invalid'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things1: collection(
      { title: z.string(), seen: readOnly(z.boolean().default(false)) },
      {
        allow: { list: 'signedIn', create: 'admin', update: ['anyone', 'admin'], delete: ['signedIn', 'basic'] },
        actions: {
          publish: {
            allow: 'anyone',
            outcomes: ['created', 'changed', 'stale'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things2: collection(
      { title: z.string(), other: ref('things1', { onDelete: 'restrict', optional: true }) },
      {
        allow: {
          list: ['anyone', 'signedIn'],
          read: ['signedIn', 'basic', 'admin', () => true],
          create: 'admin',
          delete: 'basic',
        },
        check: () => undefined,
        concurrency: 'required',
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: 'admin',
            outcomes: ['created'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            input: z.object({ n: z.number() }),
            allow: ['anyone', 'signedIn'],
            outcomes: ['changed', 'done', 'seeOther'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places3: resource('/places3/{n}', {
      params: { n: z.coerce.number() },
      validators: ['etag', 'lastModified'],
      load: () => found({ n: 1 }, { etag: 'v', lastModified: 0 }),
      allow: { get: 'basic', put: ['signedIn', 'admin'], delete: ['signedIn', 'basic'] },
      put: {
        input: z.object({ n: z.number() }),
        outcomes: ['created', 'changed', 'done'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      hide: true,
    }),
    things4: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        secret: hidden(z.string().optional()),
        other: ref('things4', { optional: true }),
      },
      {
        allow: {
          list: ['basic', 'admin'],
          read: ['signedIn', () => true],
          create: 'anyone',
          update: ['anyone', 'signedIn', 'basic', () => true],
          delete: ['anyone', 'admin'],
        },
        putCreates: true,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: 'signedIn',
            outcomes: ['created', 'deleted', 'seeOther', 'stale', 'conflict'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
  },
  { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [password(), apiKeys()] },
)

export const api6 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        rank: setBy('admin', z.int().default(0)),
        other: ref('things3', { onDelete: 'cascade', optional: true }),
      },
      {
        allow: { list: ['signedIn', 'basic'], create: ['anyone', 'signedIn', 'admin'], update: ['basic', 'self'] },
        hide: true,
      },
    ),
    things1: collection(
      { title: z.string(), rank: setBy('admin', z.int().default(0)), seen: readOnly(z.boolean().default(false)) },
      {
        allow: { list: 'signedIn', create: 'signedIn', update: 'anyone', delete: ['anyone', 'admin', () => true] },
        check: () => undefined,
        hide: true,
      },
    ),
    things2: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        secret: hidden(z.string().optional()),
        other: ref('things4', { onDelete: 'restrict', optional: true }),
        by: owner('users', { optional: true }),
      },
      { allow: { list: 'basic', read: () => true, update: 'basic', delete: ['basic', 'admin'] }, hide: true },
    ),
    things3: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        other: ref('things2', { optional: true }),
        by: owner('users', { onDelete: 'cascade', optional: true }),
      },
      {
        allow: { list: 'basic', read: 'owner', update: 'basic', delete: 'signedIn' },
        concurrency: 'required',
        actions: {
          publish: {
            allow: ['anyone', 'signedIn', 'admin', 'owner'],
            outcomes: ['stale'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            input: z.object({ n: z.number() }),
            allow: ['admin', () => true],
            outcomes: ['changed'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things4: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        rank: setBy('admin', z.int().default(0)),
        other: ref('things1', { optional: true }),
        by: owner('users', { onDelete: 'restrict', optional: true }),
      },
      {
        allow: {
          list: 'signedIn',
          read: ['signedIn', () => true],
          create: 'anyone',
          update: ['basic', 'admin', () => true],
          delete: ['basic', () => true],
        },
        hide: true,
        putCreates: true,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: ['signedIn', 'admin', 'owner'],
            outcomes: ['changed'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
  },
  { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [password()], unavailable: 500 },
)

export const api7 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: readOnly(z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        slug: unique(z.string().optional()),
        secret: hidden(z.string().optional()),
        note: readBy('admin', z.string().optional()),
      },
      { allow: { list: 'basic', read: 'self', create: ['signedIn', 'basic', 'admin'] } },
    ),
    places1: resource('/places1/{n}', {
      loads: ['found', 'missing', 'moved'],
      validators: ['etag', 'lastModified'],
      load: () => found({ n: 1 }, { etag: 'v', lastModified: 0 }),
      allow: { get: ['anyone', 'admin'], patch: 'basic' },
      patch: {
        outcomes: ['changed', 'deleted', 'conflict', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
    }),
    places2: resource('/places2/{n}', {
      allow: { put: 'anyone', patch: ['anyone', 'basic'], delete: ['anyone', 'basic', 'admin'] },
      put: {
        outcomes: ['changed'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      patch: {
        outcomes: ['created', 'seeOther', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['created', 'deleted'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      hide: true,
    }),
    things3: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        secret: hidden(z.string().optional()),
        other: ref('things4', { optional: true }),
        by: owner('users', { onDelete: 'cascade', optional: true }),
      },
      {
        allow: { list: ['signedIn', 'owner'], read: 'admin', create: 'signedIn', delete: ['anyone', 'basic'] },
        check: () => undefined,
        hide: true,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: ['admin', 'owner'],
            outcomes: ['changed'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things4: collection(
      { title: z.string(), slug: unique(z.string().optional()) },
      {
        allow: {
          list: ['anyone', 'admin'],
          read: 'admin',
          create: 'anyone',
          update: ['anyone', 'signedIn', 'basic', () => true],
          delete: ['anyone', 'basic'],
        },
        check: () => undefined,
        hide: true,
        concurrency: 'required',
        putCreates: true,
      },
    ),
  },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [apiKeys()],
    unavailable: 500,
    cors: { origins: '*' },
  },
)

export const api8 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: readOnly(z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        rank: setBy('admin', z.int().default(0)),
        other: ref('things4', { optional: true }),
      },
      {
        allow: { list: ['signedIn', 'basic'], read: 'self', update: 'signedIn', delete: 'anyone' },
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: ['anyone', 'basic'],
            outcomes: ['created', 'deleted', 'accepted'],
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            input: z.object({ n: z.number() }),
            allow: 'admin',
            outcomes: ['deleted', 'seeOther'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places1: resource('/places1/{n}', {
      loads: ['found', 'missing', 'movedForNow'],
      validators: ['lastModified'],
      load: () => found({ n: 1 }, { lastModified: 0 }),
      allow: { get: 'basic', patch: 'basic' },
      patch: {
        outcomes: ['changed', 'done', 'accepted', 'seeOther', 'stale', 'conflict'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      upstream: true,
    }),
    places2: resource('/places2/{n}', {
      loads: ['found', 'movedForNow'],
      validators: ['lastModified'],
      load: () => found({ n: 1 }, { lastModified: 0 }),
      allow: {
        get: 'signedIn',
        patch: ['anyone', () => true],
        post: ['signedIn', 'basic'],
        delete: ['anyone', 'basic'],
      },
      patch: {
        input: z.object({ n: z.number() }),
        outcomes: ['changed', 'accepted', 'stale', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      post: {
        input: z.object({ n: z.number() }),
        outcomes: ['deleted', 'stale', 'conflict'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['done', 'conflict', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      hide: true,
    }),
    things3: collection(
      { title: z.string(), slug: unique(z.string().optional()), by: owner('users', { optional: true }) },
      {
        allow: {
          list: ['signedIn', 'admin', 'owner'],
          create: ['anyone', 'basic'],
          update: 'anyone',
          delete: ['anyone', 'basic'],
        },
      },
    ),
    things4: collection(
      { title: z.string(), other: ref('things3', { optional: true }), by: owner('users', { optional: true }) },
      {
        allow: {
          list: 'basic',
          read: () => true,
          create: 'anyone',
          update: ['anyone', 'signedIn', 'basic', () => true],
          delete: ['anyone', 'basic'],
        },
        putCreates: true,
        actions: {
          archive: {
            allow: 'anyone',
            outcomes: ['created', 'changed', 'accepted', 'stale', 'conflict'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
  },
  { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [apiKeys()], validation: 422 },
)

export const api9 = defineApi(
  {
    things0: collection(
      { title: z.string(), other: ref('things2', { onDelete: 'cascade', optional: true }) },
      {
        allow: { list: 'anyone', read: ['anyone', () => true], create: 'anyone', update: 'anyone' },
        hide: true,
        concurrency: 'required',
        actions: {
          publish: {
            allow: 'anyone',
            outcomes: ['done', 'accepted', 'conflict', 'invalid'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places1: resource('/places1/{n}', {
      params: { n: z.coerce.number() },
      allow: { get: 'anyone', patch: 'anyone', post: 'anyone' },
      get: () => 1,
      patch: {
        outcomes: ['created', 'done', 'seeOther'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      post: {
        outcomes: ['done'],
        perform: () => {
          throw new Error('never performed')
        },
      },
    }),
    things2: collection(
      { title: z.string(), secret: hidden(z.string().optional()), seen: readOnly(z.boolean().default(false)) },
      {
        allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: ['anyone', () => true], delete: 'anyone' },
        check: () => undefined,
        concurrency: 'required',
        putCreates: true,
        actions: {
          publish: {
            allow: 'anyone',
            outcomes: ['deleted', 'conflict'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    places3: resource('/places3/{n}', {
      loads: ['found', 'moved'],
      validators: ['etag'],
      load: () => found({ n: 1 }, { etag: 'v' }),
      allow: { get: ['anyone', () => true] },
      upstream: true,
    }),
    things4: collection(
      {
        title: z.string(),
        slug: unique(z.string().optional()),
        secret: hidden(z.string().optional()),
        other: ref('things0', { onDelete: 'cascade', optional: true }),
      },
      {
        allow: { list: 'anyone', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: 'anyone',
            outcomes: ['created', 'changed', 'deleted', 'seeOther'],
            when: () => undefined,
            perform: () => {
              throw new Error('never performed')
            },
          },
          archive: {
            input: z.object({ n: z.number() }),
            allow: 'anyone',
            outcomes: ['changed', 'conflict'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
  },
  { unavailable: 500 },
)

export const api10 = defineApi(
  {
    users: collection(
      {
        email: unique(z.email()),
        role: setBy('admin', z.enum(['basic', 'admin']).default('basic')),
        title: z.string(),
        rank: setBy('admin', z.int().default(0)),
      },
      {
        allow: {
          list: ['anyone', 'basic'],
          read: ['anyone', 'admin', () => true],
          create: ['anyone', 'signedIn', 'basic'],
          delete: ['basic', 'self'],
        },
        check: () => undefined,
        concurrency: 'required',
      },
    ),
    things1: collection(
      { title: z.string(), note: readBy('admin', z.string().optional()), by: owner('users', { optional: true }) },
      {
        allow: {
          list: 'signedIn',
          read: ['signedIn', 'owner', () => true],
          create: 'anyone',
          update: ['anyone', 'signedIn'],
          delete: ['signedIn', 'basic'],
        },
        putCreates: true,
        actions: {
          publish: {
            input: z.object({ n: z.number() }),
            allow: ['anyone', 'admin'],
            outcomes: ['done', 'stale', 'invalid'],
            perform: () => {
              throw new Error('never performed')
            },
          },
        },
      },
    ),
    things2: collection(
      {
        title: z.string(),
        rank: setBy('admin', z.int().default(0)),
        by: owner('users', { onDelete: 'restrict', optional: true }),
      },
      {
        allow: {
          list: ['anyone', 'signedIn', 'basic'],
          read: 'signedIn',
          create: ['anyone', 'signedIn', 'basic', 'admin'],
          update: ['signedIn', 'owner'],
          delete: 'anyone',
        },
      },
    ),
    places3: resource('/places3/{n}', {
      allow: { get: 'signedIn', post: ['basic', 'admin'], delete: ['signedIn', 'admin'] },
      get: () => 1,
      post: {
        outcomes: ['deleted', 'done', 'accepted', 'conflict'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['created', 'done'],
        perform: () => {
          throw new Error('never performed')
        },
      },
    }),
    places4: resource('/places4/{n}', {
      params: { n: z.coerce.number() },
      allow: { patch: 'signedIn', delete: ['signedIn', 'basic', 'admin'] },
      patch: {
        input: z.object({ n: z.number() }),
        outcomes: ['created', 'deleted', 'accepted'],
        perform: () => {
          throw new Error('never performed')
        },
      },
      delete: {
        outcomes: ['seeOther', 'invalid'],
        perform: () => {
          throw new Error('never performed')
        },
      },
    }),
  },
  {
    accounts: { in: 'users', role: 'role', login: 'email' },
    auth: [password(), apiKeys()],
    unavailable: 500,
    cors: { origins: '*' },
  },
)
