/** What a resource's types let through, and what they refuse. */
import { z } from 'zod'
import { gone, moved } from './moved.ts'
import { changed, conflict, created, deleted, done, found, missing } from './outcome.ts'
import { resource } from './resource.ts'

const seats = resource('/rooms/{room}/seats/{seat}', {
  params: { seat: z.coerce.number() },
  query: { at: z.string(), size: z.coerce.number().default(1), note: z.string().optional() },
  loads: ['found', 'missing', 'gone', 'moved', 'movedForNow'],
  validators: ['etag'],
  load: async (x) => {
    x.params satisfies { readonly room: string; readonly seat: number }
    x.query satisfies { readonly at: string; readonly size: number; readonly note: string | undefined }
    // @ts-expect-error it may be left out
    x.query.note satisfies string
    // @ts-expect-error nothing is loaded yet
    void x.item
    if (x.params.seat > 4) return moved('/rooms/1')
    if (x.params.seat > 3) return moved('/rooms/1', { permanent: false })
    if (x.params.seat > 2) return missing()
    return x.params.seat > 1 ? gone() : found({ taken: true, seat: x.params.seat }, { etag: 'v1' })
  },
  allow: { get: 'anyone', put: ['admin', ({ item }) => item.taken], post: 'signedIn', delete: 'admin' },
  get: ({ item }) => ({ taken: item.taken, extra: 1 }),
  put: {
    input: z.object({ taken: z.boolean() }),
    outcomes: ['changed', 'conflict', 'created'],
    perform: async (x) => {
      // @ts-expect-error where a PUT may create, there may be nothing yet
      if (x.item.taken) return conflict([])
      return x.item === undefined ? created({ taken: x.input.taken }) : changed({ taken: x.item.taken })
    },
  },
  post: { outcomes: ['done'], output: z.number(), perform: (x) => done(x.item.seat) },
  delete: { outcomes: ['deleted'], perform: () => deleted() },
})

type Shape = NonNullable<(typeof seats)['~resource']>
type Is<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

export const shape: [
  Is<Shape['output'], { taken: boolean; extra: number }>,
  Is<Shape['methods']['put']['outcomes'], 'changed' | 'conflict' | 'created'>,
  Is<keyof Shape['methods'], 'put' | 'post' | 'delete'>,
  Is<Shape['allow']['get'], 'anyone'>,
  Is<Shape['validators'], 'etag'>,
  Is<Shape['loaded'], true>,
] = [true, true, true, true, true, true]

const open = { allow: { get: 'anyone', put: 'anyone' } } as const
// @ts-expect-error `gone` is not among what load may return
resource('/x', { ...open, load: () => gone() })
// @ts-expect-error an outcome that is not declared
resource('/x', { ...open, put: { outcomes: ['changed'], perform: () => conflict([]) } })
// @ts-expect-error likewise, one way of several
resource('/x', { ...open, put: { outcomes: ['done'], perform: (x) => (x.caller ? done() : deleted()) } })
// @ts-expect-error a validator that is not declared would never be sent
resource('/x', { ...open, load: () => found(1, { etag: 'a' }) })
// @ts-expect-error a validator that is declared must be given
resource('/x', { ...open, validators: ['etag', 'lastModified'], load: () => found(1, { etag: 'a' }) })
// @ts-expect-error no method
resource('/x', { allow: { pots: 'anyone' } })
// @ts-expect-error the representation does not fit its schema
resource('/x', { ...open, output: z.object({ a: z.number() }), get: () => ({ b: 1 }) })
// @ts-expect-error the answer does not fit its schema
resource('/x', { ...open, put: { output: z.number(), outcomes: ['done'], perform: () => done('1') } })
// @ts-expect-error GET answers with the content itself, not with an outcome
resource('/x', { ...open, get: () => done({ a: 1 }) })
// @ts-expect-error likewise, one way of several
resource('/x', { ...open, get: async (x) => (x.caller ? { a: 1 } : missing()) })
// @ts-expect-error likewise
resource('/x', { ...open, load: () => found(1), get: ({ item }) => found(item) })
resource('/x', { ...open, get: (): { kind: 'done'; at: number } => ({ kind: 'done', at: 1 }) })
resource('/x', { ...open, get: (): { kind: string } => ({ kind: 'done' }) })
// @ts-expect-error the path has no such variable
resource('/x/{id}', { ...open, params: { ix: z.string() }, get: () => 1 })
// @ts-expect-error the path has no such variable
resource('/x/{id}', { ...open, get: (x) => x.params.ix })
// @ts-expect-error a rule is asked before any content is read
resource('/x', { load: () => found(1), allow: { get: ({ input }) => input } })
