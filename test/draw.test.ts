import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import newsroom from '../examples/newsroom/api.ts'
import { start } from './start.ts'

interface Drawing {
  readonly FACTS: readonly string[]
  draw(): string
}
const script: string = '../scripts/draw.mjs'
const { draw, FACTS } = (await import(script)) as Drawing

test('the picture in the README is drawn from the table: `node scripts/draw.mjs` makes it anew', () => {
  expect(readFileSync(new URL('../docs/delete-article.svg', import.meta.url), 'utf8')).toBe(draw())
})

test('the picture shows what the newsroom declares', async () => {
  const server = await start(newsroom)
  const drawn = server.engine.operations.find(
    ({ operation }) => operation.method === 'DELETE' && operation.path === '/articles/{id}',
  )
  await server.stop()
  expect([...(drawn?.plan.facts ?? [])].toSorted()).toEqual([...FACTS].toSorted())
})
