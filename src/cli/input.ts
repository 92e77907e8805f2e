/** Standard input to its end, as text. What has no end must not fill the memory first. */
import { Failure } from './failure.ts'

const MOST = 16 * 2 ** 20

export async function textOf(input: NodeJS.ReadStream): Promise<string> {
  let text = ''
  for await (const part of input.setEncoding('utf8')) {
    text += part
    if (text.length > MOST) throw tooMuch()
  }
  return text
}

function tooMuch(): Failure {
  return new Failure('More than 16 MB came in.', {
    kind: 'misused',
    next: 'If it has no end, give it one:\n\n  curl -si --max-time 5 http://127.0.0.1:4010/ | npx tenfour explain -',
  })
}
