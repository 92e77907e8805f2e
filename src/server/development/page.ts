/**
 * The explorer: files that are made when the package is, each at an address of its own beside the aids, so that no
 * path is ever taken from a request.
 */
import { createHash } from 'node:crypto'
import type { Lesson, LessonStep } from '../../rules/index.ts'
import { foundItem } from '../account/caller.ts'
import { policy } from '../engine/page.ts'
import { jsonRepresentation, textRepresentation } from '../engine/representation.ts'
import type { Exchange, Operation, Representation } from '../operation.ts'
import { nearby } from './nearby.ts'

/** What whoever serves the API has of the page. */
export interface Page {
  /** By the name that follows `/.tenfour/`; the one without a name is the page itself. Undefined: it was not made. */
  file(name: string): string | undefined
  /** The steps of the lesson beside the API; undefined if it has none. */
  lesson(): Promise<readonly LessonStep[] | undefined>
}

/** Whatever an API sends, on the page it is text: nothing runs, loads or frames but what is its own. */
const POLICY = policy("script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:")
/** A picture is one file, with its colours in it. */
const PICTURE_POLICY = policy("style-src 'unsafe-inline'")

interface Kind {
  readonly type: string
  readonly contentPolicy: string
}

const FILES: Readonly<Record<string, Kind>> = {
  '': { type: 'text/html; charset=utf-8', contentPolicy: POLICY },
  'explorer.js': { type: 'text/javascript; charset=utf-8', contentPolicy: POLICY },
  'explorer.css': { type: 'text/css; charset=utf-8', contentPolicy: POLICY },
  'decisions.svg': { type: 'image/svg+xml', contentPolicy: PICTURE_POLICY },
}

export function pageOperations(page: Page, at: string): Operation[] {
  const files = Object.entries(FILES).map(([name, kind]) => fileOperation(page, at, name, kind))
  return [addressOperation(at), ...files, lessonOperation(page, at)]
}

/** What is beside the page is found from its address with the slash alone. */
function addressOperation(at: string): Operation {
  return {
    method: 'GET',
    path: at.slice(0, -1),
    summary: 'The address of the explorer',
    facts: ['item', 'moves', 'mustExist', 'reads'],
    takes: [],
    offers: [],
    query: [],
    shapes: {},
    load: (x) => (nearby(x, at).kind === 'found' ? { kind: 'moved', to: at } : { kind: 'missing' }),
  }
}

interface File {
  readonly content: string
  readonly etag: string
}

function fileOperation(page: Page, at: string, name: string, { type, contentPolicy }: Kind): Operation {
  let kept: File | undefined
  const file = (): File | undefined => (kept ??= fileOf(page.file(name)))
  const fields = ['Content-Type', type, 'Content-Security-Policy', contentPolicy, 'X-Content-Type-Options', 'nosniff']
  return {
    method: 'GET',
    path: `${at}${name}`,
    summary: 'The explorer',
    facts: ['item', 'mustExist', 'selects', 'negotiated', 'reads'],
    takes: [],
    offers: [type.split(';')[0] ?? type],
    query: [],
    shapes: {},
    load: (x) => nearby(x, file(), file()),
    represent(x): Representation {
      const { content, etag } = foundItem<File>(x)
      return textRepresentation(content, [...fields, 'ETag', etag])
    },
  }
}

function fileOf(content: string | undefined): File | undefined {
  if (content === undefined) return undefined
  return { content, etag: `"${createHash('sha256').update(content).digest('base64url')}"` }
}

function lessonOperation(page: Page, at: string): Operation {
  return {
    method: 'GET',
    path: `${at}lesson`,
    summary: 'A request for each of the codes that come first',
    facts: ['item', 'mustExist', 'negotiated', 'reads'],
    takes: [],
    offers: ['application/json'],
    query: [],
    shapes: {},
    load: async (x: Exchange) => nearby(x, await page.lesson()),
    represent: (x) => jsonRepresentation({ steps: foundItem<readonly LessonStep[]>(x) } satisfies Lesson),
  }
}
