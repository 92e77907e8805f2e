// One request and its whole response: for preparing, never for measuring.
import { once } from 'node:events'
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })

/** Resolves to `{ status, fields, text }`; fails when no response comes. */
export async function exchange(port, method, target, fields = {}, content = undefined) {
  const outgoing = request({ host: '127.0.0.1', port, method, path: target, headers: fields, agent })
  outgoing.end(content)
  const [response] = await once(outgoing, 'response')
  const chunks = await response.toArray()
  return { status: response.statusCode, fields: response.headers, text: Buffer.concat(chunks).toString() }
}
