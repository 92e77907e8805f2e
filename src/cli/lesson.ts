/**
 * `tenfour lesson`: sends a lesson's requests and says what came, why, and what a client does with it.
 *
 * To BASE_URL with BASIC_KEY and ADMIN_KEY; or to the API beside the lesson, served for the occasion
 * from a database that is thrown away after.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type ExchangeLine, statusRow } from '../rules/index.ts'
import { Development } from '../server/development/development.ts'
import type { Call, Done } from './command.ts'
import { openDatabase } from './database.ts'
import { Failure } from './failure.ts'
import type { Host } from './host.ts'
import type { Keys, LessonStep } from './lesson-step.ts'
import { listen } from './listen.ts'
import { findApi, findFile, loadApi } from './load.ts'
import { loadLesson } from './load-lesson.ts'
import { type Answered, sendStep } from './send-step.ts'

export async function lessonCommand(call: Call): Promise<Done> {
  const { host, words } = call
  const file = findFile(words[0] === undefined ? ['lesson.ts'] : [words[0]], host, 'lesson', 'lesson.ts')
  const { value: steps } = await loadLesson(file, host)
  const server = host.env.BASE_URL === undefined ? await ownServer(file, call) : otherServer(host.env.BASE_URL, host)
  try {
    return await give(steps, server, host)
  } finally {
    await server.stop()
  }
}

interface Server {
  readonly url: string
  readonly keys: Keys
  /** Why the last request got its code, where that can be known. */
  why(): ExchangeLine | undefined
  stop(): Promise<void>
}

async function give(steps: readonly LessonStep[], server: Server, host: Host): Promise<Done> {
  let differing = 0
  for (const step of steps) {
    const answered = await sendStep(step, server.url, server.keys)
    host.out(told(step, answered, server.why()))
    if (answered.status !== step.code) differing++
  }
  if (differing === 0) return 'ok'
  host.err(`${differing} of ${steps.length} codes differ from the lesson.`)
  return 'failed'
}

function told(step: LessonStep, { request, status, content }: Answered, why: ExchangeLine | undefined): string {
  const came = `${status} ${statusRow(status).phrase}`
  const rows: readonly (readonly [string, string])[] = [
    ['request', `${request}${step.request.as === undefined ? '' : `  as ${step.request.as}`}`],
    ['declared', step.fact],
    ...(why === undefined ? [] : [['decided', `${why.decision}: ${why.reason}`] as const]),
    ['client', step.client],
    ...(status === step.code ? [] : [['DIFFERS', `the lesson says ${step.code}; ${content.slice(0, 200)}`] as const]),
  ]
  return [`${came}: ${step.title}`, ...rows.map(([name, text]) => `  ${name.padEnd(9)} ${text}`), ''].join('\n')
}

function otherServer(url: string, { env }: Host): Server {
  const { BASIC_KEY, ADMIN_KEY } = env
  if (BASIC_KEY === undefined || ADMIN_KEY === undefined)
    throw new Failure('BASE_URL is set, and BASIC_KEY or ADMIN_KEY is not.', {
      kind: 'misused',
      next: 'Set all three:\n\n  BASE_URL=http://127.0.0.1:4010 BASIC_KEY=… ADMIN_KEY=… npm run lesson',
    })
  return {
    url: url.replace(/\/+$/, ''),
    keys: { basic: BASIC_KEY, admin: ADMIN_KEY },
    why: () => undefined,
    stop: async () => undefined,
  }
}

async function ownServer(lesson: string, call: Call): Promise<Server> {
  const { host } = call
  const { value: api } = await loadApi(findApi(join(dirname(lesson), 'api.ts'), host, 'lesson'), host)
  const folder = await mkdtemp(join(tmpdir(), 'tenfour-lesson-'))
  const database = `file:${join(folder, 'lesson.db')}`
  const store = await openDatabase(database, QUIET)
  let last: ExchangeLine | undefined
  const running = await listen(api, database, {
    store,
    log: QUIET,
    call,
    development: new Development(),
    observe: (line) => (last = line),
  })
  const { madeKeys, compiled } = running.engine
  const { accounts, seed } = compiled.declaration
  const keyOf = (role: string): string => {
    const named = seed[accounts?.in ?? '']?.find(({ values }) => values[accounts?.role ?? ''] === role)
    return named?.key ?? madeKeys.find((made) => made.role === role)?.key ?? ''
  }
  return {
    url: running.url,
    keys: { basic: keyOf('basic'), admin: keyOf('admin') },
    why: () => last,
    async stop() {
      await running.stop()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The one failure of the lesson is staged. */
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined }
