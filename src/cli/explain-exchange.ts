/** An exchange with a server that is running: asked there, by its reference. */
import type { ExplainedExchange, ExplainedStep, Source, WhyNot } from '../rules/explanation.ts'
import { either } from '../rules/phrase.ts'
import { clause, MARK_WORDS, SOURCE_WORDS } from '../rules/words.ts'
import type { Call } from './command.ts'
import { Failure } from './failure.ts'
import { entry, faint, paint, printable, wrap } from './paragraph.ts'
import { portOf } from './settings.ts'

const PATIENCE_MS = 5_000

/** `what`: a reference, or the link that has it. */
export async function explainExchange(what: string, call: Call, json: boolean): Promise<string> {
  const { host } = call
  const address = addressOf(what, call.text('url') ?? `http://127.0.0.1:${portOf(call)}`)
  const exchange = await ask(address, host.env.TENFOUR_KEY)
  return json ? JSON.stringify(exchange, null, 2) : told(exchange, host.colours)
}

const LINK = /^(https?:\/\/[^/]+).*\/x\/([^/?#]+)$/

function addressOf(what: string, url: string): string {
  const [, origin = url, reference = what] = LINK.exec(what) ?? []
  const address = `${origin.replace(/\/+$/, '')}/.tenfour/x/${encodeURIComponent(reference)}`
  if (URL.canParse(address) && /^https?:/.test(address)) return address
  throw new Failure(`${JSON.stringify(url)} is no address of a server.`, {
    kind: 'misused',
    next: `Name it, or leave it out for a server of this machine:\n\n  npx tenfour explain ${reference} --url http://127.0.0.1:PORT`,
  })
}

async function ask(address: string, key: string | undefined): Promise<ExplainedExchange> {
  const headers = { Accept: 'application/json', ...(key !== undefined && { Authorization: `Bearer ${key}` }) }
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    (cause: unknown) => {
      throw new Failure(`No server answers at ${new URL(address).origin}.`, {
        next: 'Start it, or name another:\n\n  npx tenfour serve\n  npx tenfour explain REFERENCE --url http://127.0.0.1:PORT',
        cause,
      })
    },
  )
  const content: unknown = response.ok ? await response.json().catch(() => undefined) : undefined
  if (isExchange(content)) return content
  throw new Failure(`The server has nothing under ${address}.`, {
    next:
      'In development the last two hundred exchanges are kept, and the last two hundred that failed.\n' +
      'In production none are, unless a role may read them (serve --traces ROLE); then its key is in TENFOUR_KEY.',
  })
}

function isExchange(content: unknown): content is ExplainedExchange {
  return typeof content === 'object' && content !== null && 'steps' in content && 'ladder' in content
}

function told(
  { status, phrase, method, path, reason, steps, whyNot, milliseconds, reference }: ExplainedExchange,
  colours: boolean,
): string {
  const head = `${status} ${phrase}`
  return [
    `${paint(head, status, colours)}  ${wrap(printable(`${method} ${path}`), head.length + 2)}`,
    entry('because', printable(reason)),
    entry('took', `${milliseconds} ms`),
    ...(whyNot === undefined ? [] : ['', ...why(whyNot)]),
    '',
    'Asked on the way:',
    ...steps.filter(({ mark }) => mark !== 'absent').map((step) => asked(step, colours)),
    '',
    faint(`Reference: ${reference}`, colours),
  ].join('\n')
}

function why({ instead, sentence, client, rfc, source }: WhyNot): string[] {
  return [
    instead.length === 0 ? 'What would have to be different?' : `Why not ${either(instead)}?`,
    entry('fact', printable(sentence)),
    entry('where', printable(placeOf(source))),
    entry('client', client),
    entry('section', clause(rfc)),
  ]
}

function placeOf(source: Source): string {
  switch (source.kind) {
    case 'declared':
      return source.says === undefined ? source.at : `${source.at}: ${source.says}`
    case 'function':
      return source.file === undefined ? source.at : `${source.at} (${source.file}:${source.line})`
    case 'field':
      return `the field ${source.name}`
    default:
      return SOURCE_WORDS[source.kind]
  }
}

function asked({ ask: question, mark, milliseconds }: ExplainedStep, colours: boolean): string {
  const waited = milliseconds === undefined ? '' : faint(`  ${milliseconds} ms`, colours)
  return `  ${MARK_WORDS[mark].padEnd(MARKED)} ${wrap(question, MARKED + 3, 70)}${waited}`
}

const MARKED = 5
