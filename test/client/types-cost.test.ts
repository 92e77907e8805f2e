/**
 * What the types of a client cost: a project pays for each call it makes, not for the size of the API times its calls.
 *
 * Counted in instantiations, which are the same on every machine; 250 collections are then under two seconds.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Folder, newFolder, ROOT } from '../cli/process.ts'

const FEW = 10
const MANY = 60

let folder: Folder
beforeAll(() => {
  folder = newFolder()
  folder.write('package.json', '{ "type": "module" }')
})
afterAll(() => folder.remove())

/** An API of so many collections, and a function for each that reads, creates and looks at what came. */
function project(collections: number): { readonly api: string; readonly calls: string } {
  const names = Array.from({ length: collections }, (_, at) => `things${at}`)
  const declared = names.map(
    (name, at) => `const ${name} = collection(
      { name${at}: unique(z.string().min(3)), title: z.string(), count: z.number().default(0), ownerId: owner('users') },
      { allow: { list: 'anyone', read: 'anyone', create: 'signedIn', update: ['owner', 'admin'] } },
    )`,
  )
  const calls = names.map(
    (name, at) => `export async function f${at}() {
      const r = await client.get('/${name}/{id}', { params: { id: '1' } })
      if (r.status === 200) r.content.name${at} satisfies string
      else if (r.status === 404) r.problem.detail satisfies string | undefined
      const made = await client.post('/${name}', { content: { name${at}: 'x', title: 'y' } })
      if (made.status === 201) made.content.count satisfies number
      else if (made.status === 409) made.problem.errors?.[0]?.pointer satisfies string | undefined
    }`,
  )
  return {
    api: `import { collection, defineApi, owner, password, setBy, unique } from '${ROOT}/src/server/index.ts'
      import { z } from 'zod'
      ${declared.join('\n')}
      const allow = { create: 'anyone', read: ['self', 'admin'] } as const
      const users = collection({ email: unique(z.email()), role: setBy('admin', z.enum(['basic', 'admin']).default('basic')) }, { allow })
      export const api = defineApi(
        { users, ${names.join(', ')} },
        { accounts: { in: 'users', role: 'role', login: 'email' }, auth: [password()] },
      )`,
    calls: `import type { api } from './api.ts'
      import { createClient } from '${ROOT}/src/client/index.ts'
      export const client = createClient<typeof api>('http://x')
      ${calls.join('\n')}`,
  }
}

function instantiations(collections: number, called: boolean): number {
  const { api, calls } = project(collections)
  folder.write('api.ts', api)
  folder.write('calls.ts', called ? calls : `import type { api } from './api.ts'\nexport type Api = typeof api`)
  folder.write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.test.json'),
      compilerOptions: {
        typeRoots: [join(ROOT, 'node_modules/@types')],
        paths: { zod: [join(ROOT, 'node_modules/zod')] },
      },
      include: ['*.ts'],
    }),
  )
  const said = execFileSync(
    join(ROOT, 'node_modules/.bin/tsc'),
    ['-p', folder.path, '--extendedDiagnostics', '--singleThreaded'],
    { encoding: 'utf8' },
  )
  return Number(/Instantiations:\s+(\d+)/.exec(said)?.[1])
}

test('a collection that is called costs as much in a large API as in a small one', { timeout: 120_000 }, () => {
  const costOf = (collections: number): number => instantiations(collections, true) - instantiations(collections, false)
  const each = (costOf(MANY) - costOf(FEW)) / (MANY - FEW)
  expect(each).toBeGreaterThan(500)
  expect(each).toBeLessThan(2700)
})
