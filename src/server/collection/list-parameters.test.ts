import { type } from 'arktype'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { DECLARED } from '../../../test/in-process.ts'
import { openMemoryForTests } from '../../store/memory.test-store.ts'
import { compileCollection } from './context.ts'
import { collection } from '../declare/collection.ts'
import { unique } from '../declare/field.ts'
import { listParameters } from './list-parameters.ts'

const things = collection(
  {
    name: z.string(),
    rank: z.int(),
    size: z.number(),
    done: z.boolean(),
    state: z.enum(['draft', 'published']).default('draft'),
    kind: type("'a' | 'b' | undefined"),
    level: z.union([z.literal(1), z.literal([2, 3])]).nullable(),
    open: type('boolean'),
    code: unique(z.enum(['A', 'B']), { fold: true }),
  },
  {
    allow: { list: 'anyone' },
    list: {
      filter: ['name', 'rank', 'size', 'done', 'state', 'kind', 'level', 'open', 'code'],
      sort: ['-rank', 'name'],
      limit: 20,
      most: 100,
    },
  },
)
const list = listParameters(compileCollection({ ...DECLARED, resources: { things } }, 'things', openMemoryForTests()))
const wrong = (query: Readonly<Record<string, string>>) =>
  list.parameters
    .filter(({ name, check }) => query[name] !== undefined && check(query[name], query) !== undefined)
    .map(({ name }) => name)

describe('what each parameter may be', () => {
  const cases: [query: Readonly<Record<string, string>>, wrong: string[]][] = [
    [{}, []],
    [{ limit: '1' }, []],
    [{ limit: '0' }, ['limit']],
    [{ limit: '1e3' }, ['limit']],
    [{ sort: 'name' }, []],
    [{ sort: '-name' }, ['sort']],
    [{ rank: '-7' }, []],
    [{ rank: '1.5' }, ['rank']],
    [{ rank: '99999999999999999999' }, ['rank']],
    [{ size: '1.5e3' }, []],
    [{ size: '1e999' }, ['size']],
    [{ size: '0x10' }, ['size']],
    [{ size: '' }, ['size']],
    [{ done: 'true' }, []],
    [{ done: '1' }, ['done']],
    [{ name: 'any text' }, []],
    [{ name: '' }, []],
    [{ name: 'a\0' }, ['name']],
    [{ name: 'a', rank: '1' }, []],
    [{ name: 'a', rank: '1', done: 'true' }, ['name', 'rank', 'done']],
    [{ after: 'x' }, ['after']],
    [{ state: 'draft' }, []],
    [{ state: 'nonsense' }, ['state']],
    [{ state: '' }, ['state']],
    [{ state: 'Draft' }, ['state']],
    [{ kind: 'b' }, []],
    [{ kind: 'c' }, ['kind']],
    [{ level: '03' }, []],
    [{ level: '4' }, ['level']],
    [{ open: 'false' }, []],
    [{ open: '0' }, ['open']],
    [{ code: 'a' }, []],
  ]
  test.each(cases)('%j', (query, expected) => {
    expect(wrong(query)).toEqual(expected)
  })

  test('where there are few, they are named', () => {
    const said = (name: string, value: string) =>
      list.parameters.find((parameter) => parameter.name === name)?.check(value, {})
    expect(said('state', 'x')).toBe('This is one of draft, published.')
    expect(said('level', '9')).toBe('This is one of 1, 2, 3.')
    expect(said('level', 'x')).toBe('This is one of 1, 2, 3.')
  })

  test('no complaint repeats the value', () => {
    for (const { check } of list.parameters) expect(check('hunter2\0', {}) ?? '').not.toContain('hunter2')
  })
})

test('what they come to', () => {
  expect(list.read({})).toMatchObject({
    filter: {},
    sort: [{ column: 'rank', descending: true }],
    limit: 20,
    from: undefined,
    backwards: false,
    count: false,
  })
  expect(list.read({ rank: '7', done: 'false', sort: 'name', limit: '5000', count: 'true' })).toMatchObject({
    filter: { rank: 7, done: false },
    sort: [{ column: 'name', descending: false }],
    limit: 100,
    count: true,
  })
})
