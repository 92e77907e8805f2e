/**
 * The statuses of every operation, as folded at run time, against a file that the types are compared
 * with in `statuses.test-d.ts`. After a change that is meant: `npx vitest run test/contract -u`.
 */
import { expect, test } from 'vitest'
import type { Plan } from '../../src/rules/index.ts'
import { createEngine } from '../../src/server/engine/engine.ts'
import type { Api } from '../../src/server/index.ts'
import { openMemoryForTests } from '../../src/store/memory.test-store.ts'
import newsroom from '../../examples/newsroom/api.ts'
import * as drawn from './declarations.ts'

const APIS: Readonly<Record<string, Api>> = { newsroom, ...drawn }

test('RFC 9110 §15: the types of an API and its folded plans give the same statuses', async () => {
  const lines: string[] = []
  for (const [name, api] of Object.entries(APIS)) {
    const operations = await operationsOf(api)
    lines.push(
      `  ${name}: {`,
      ...operations.map(([key, statuses]) => `    '${key}': [${statuses.join(', ')}],`),
      '  },',
    )
  }
  const text = `/** The statuses that each operation can give, without those of the connection: folded at run time. */
// prettier-ignore
export const STATUSES = {
${lines.join('\n')}
} as const
`
  await expect(text).toMatchFileSnapshot('./statuses.ts')
})

async function operationsOf(api: Api): Promise<[string, number[]][]> {
  const log = { info() {}, warn() {}, error() {} }
  const { operations } = await createEngine(api, { store: openMemoryForTests(), log })
  return operations
    .filter(({ operation }) => !SYSTEM.has(operation.path))
    .map(({ operation, plan }) => [`${operation.method} ${operation.path}`, statusesOf(plan)])
}

/** What every server has, and no declaration says. */
const SYSTEM = new Set(['/', '/openapi.json', '/livez', '/readyz'])

function statusesOf({ steps }: Plan): number[] {
  const edges = steps.filter(({ phase }) => phase !== 'wire').flatMap(({ yes, no, absent }) => [yes, no, absent])
  return [...new Set(edges.filter((edge) => edge < 0).map((edge) => -edge))].toSorted((a, b) => a - b)
}
