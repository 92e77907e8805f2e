/**
 * `tenfour explain`: what codes mean, which code has these words, what a response says, and why an
 * exchange ended as it did. Each is loaded when it is asked for, so that a code is explained at once.
 */
import { parseStatus } from '../rules/status.ts'
import type { Call, Done } from './command.ts'
import { Failure } from './failure.ts'
import { explainCodes, jsonOfCodes } from './explain-codes.ts'

export async function explainCommand(call: Call): Promise<Done> {
  const { words, host } = call
  if (words.length === 1 && words[0] === '-') return pasted(call)
  host.out(await explanation(call, words))
  return 'ok'
}

/** Fails when the response breaks what the RFC demands, so that a script can ask. */
async function pasted(call: Call): Promise<Done> {
  const { host } = call
  const { explainResponse } = await import('./explain-response.ts')
  const { told, holds } = explainResponse(await host.input(), call.flag('json') === true, host.colours)
  host.out(told)
  return holds ? 'ok' : 'failed'
}

async function explanation(call: Call, words: readonly string[]): Promise<string> {
  const { host } = call
  const json = call.flag('json') === true
  const [first] = words
  if (first === undefined)
    throw new Failure('Explain what?', {
      kind: 'misused',
      next: 'Type a code or several, words, a reference, or paste a response:\n\n  npx tenfour explain 401 403\n  npx tenfour explain "not found"\n  curl -si http://127.0.0.1:4010/ | npx tenfour explain -',
    })
  const codes = words.map((word) => parseStatus(word))
  if (codes.every((code) => code !== undefined)) return codesIn(codes, json, host.colours)
  if (words.length === 1 && ADDRESS.test(first)) return exchange(first)
  const { codesWith } = await import('../rules/search.ts')
  const found = codesWith(words.join(' ')).slice(0, MOST)
  if (found.length > 0) return codesIn(found, json, host.colours)
  if (words.length === 1 && REFERENCE.test(first)) return exchange(first)
  throw unknown(words)

  async function exchange(what: string): Promise<string> {
    const { explainExchange } = await import('./explain-exchange.ts')
    return explainExchange(what, call, json)
  }
}

function codesIn(codes: readonly number[], json: boolean, colours: boolean): string {
  return json ? JSON.stringify(jsonOfCodes(codes), null, 2) : explainCodes(codes, colours)
}

/** Of codes found by words: enough to find it among. */
const MOST = 8

/** As it is in the log, in Request-Id, and in a link. */
const REFERENCE = /^[\da-z]{1,5}-[\da-z]+$/
const ADDRESS = /^https?:\/\//

function unknown(words: readonly string[]): Failure {
  const strange = words.filter((word) => parseStatus(word) === undefined)
  const mistyped = strange.find((word) => /^\d/.test(word))
  if (mistyped !== undefined) return noCode(mistyped, mend(mistyped))
  if (strange.length < words.length)
    return noCode(strange.join(' '), `Type codes alone, or words alone:\n\n${EXAMPLES}`)
  return new Failure(`No code says ${JSON.stringify(words.join(' '))}.`, {
    kind: 'misused',
    next: 'Try a word of its phrase:\n\n  npx tenfour explain "not found"',
  })
}

const noCode = (what: string, next: string): Failure =>
  new Failure(`${JSON.stringify(what)} is no status code.`, { kind: 'misused', next })

const EXAMPLES = '  npx tenfour explain 401 403\n  npx tenfour explain "not found"'

function mend(mistyped: string): string {
  const parts = mistyped.split(/\D+/).filter((part) => part !== '')
  return parts.length > 1 && parts.every((part) => parseStatus(part) !== undefined)
    ? `Leave blanks between codes:\n\n  npx tenfour explain ${parts.join(' ')}`
    : 'A status code has three digits, from 100 to 999.'
}
