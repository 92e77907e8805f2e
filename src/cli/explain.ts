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
  host.out(await explanation(call, words))
  return 'ok'
}

async function explanation(call: Call, words: readonly string[]): Promise<string> {
  const { host } = call
  const json = call.flag('json') === true
  const [first] = words
  if (first === undefined)
    throw new Failure('Explain what?', {
      kind: 'misused',
      next: 'Type a code or several, words, a reference, or paste a response:\n\n  tenfour explain 401 403\n  tenfour explain "not found"\n  curl -si http://127.0.0.1:4010/ | tenfour explain -',
    })
  if (words.length === 1 && first === '-') {
    const { explainResponse } = await import('./explain-response.ts')
    return explainResponse(await host.input(), json, host.colours)
  }
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
  const code = words.find((word) => /^\d/.test(word))
  return code === undefined
    ? new Failure(`No code says ${JSON.stringify(words.join(' '))}.`, {
        kind: 'misused',
        next: 'Try a word of its phrase:\n\n  tenfour explain "not found"',
      })
    : new Failure(`${JSON.stringify(code)} is no status code.`, {
        kind: 'misused',
        next: 'A status code has three digits, from 100 to 999.',
      })
}
