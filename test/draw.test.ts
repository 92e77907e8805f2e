/** What is drawn and written from the tables is what the tables say now. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import newsroom from '../examples/newsroom/api.ts'
import { DECISIONS, PAIRS, PROSE, STATUS_CODES } from '../src/rules/index.ts'
import { start } from './start.ts'

interface Drawing {
  readonly FACTS: readonly string[]
  draw(): string
}
interface Graph {
  drawGraph(): string
}
interface Written {
  statuses(): string
}
const scripts: Readonly<Record<'one' | 'graph' | 'written', string>> = {
  one: '../scripts/draw.mjs',
  graph: '../scripts/draw-graph.mjs',
  written: '../scripts/write-statuses.mjs',
}
const { draw, FACTS } = (await import(scripts.one)) as Drawing
const { drawGraph } = (await import(scripts.graph)) as Graph
const { statuses } = (await import(scripts.written)) as Written
const kept = (name: string): string => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8')

describe('the picture of one operation', () => {
  test('is drawn from the table: `node scripts/draw.mjs` makes it anew', () => {
    expect(kept('delete-article.svg')).toBe(draw())
  })

  test('shows what the newsroom declares', async () => {
    const server = await start(newsroom)
    const drawn = server.engine.operations.find(
      ({ operation }) => operation.method === 'DELETE' && operation.path === '/articles/{id}',
    )
    await server.stop()
    expect([...(drawn?.plan.facts ?? [])].toSorted()).toEqual([...FACTS].toSorted())
  })
})

describe('the picture of the whole graph', () => {
  test('is drawn from the table: `node scripts/draw-graph.mjs` makes it anew', () => {
    expect(kept('decisions.svg')).toBe(drawGraph())
  })

  test('has every question', () => {
    const drawn = drawGraph()
    for (const [id, { rfc }] of Object.entries(DECISIONS)) {
      expect(drawn).toContain(`>${id}<`)
      expect(drawn).toContain(`(${rfc})</title>`)
    }
  })

  test('loads nothing and runs nothing', () => {
    expect(drawGraph()).not.toMatch(/<script|href|url\(|@import/)
  })
})

describe('L16 docs/statuses.md', () => {
  const text = kept('statuses.md')

  test('is written from the tables: `node scripts/write-statuses.mjs` makes it anew', () => {
    expect(text).toBe(statuses())
  })

  test('has every code, and every pair', () => {
    for (const code of STATUS_CODES) expect(text).toContain(PROSE[code].meaning)
    for (const { question } of PAIRS) expect(text).toContain(`\n${question}\n`)
  })

  test('leads to places that are there', () => {
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z\d -]/g, '')
        .replaceAll(' ', '-'),
    )
    for (const [, anchor] of text.matchAll(/\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
  })
})
