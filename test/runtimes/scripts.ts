/** The server that `suite.ts` talks to: what stands behind each path, right or wrong. Open to pages of every origin. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Below the folder of the script. */
  readonly rest: string
  readonly content: string
  /** Of this runtime, kept from request to request. */
  readonly memory: Memory
}

interface Memory {
  count: number
  keys: string[]
  open: ServerResponse | undefined
}

const SCRIPTS: Readonly<Record<string, (asked: Asked) => void>> = {
  fresh({ response, memory }) {
    response.writeHead(200, { 'cache-control': 'max-age=3600' }).end(String(++memory.count))
  },
  'signed-in'({ request, response }) {
    if (request.headers.authorization === 'Bearer fresh1') json(response, 200, {})
    else json(response, 401, {}, { 'www-authenticate': 'Bearer realm="test"' })
  },
  redirect({ request, response, rest, content }) {
    const secrets = ['authorization', 'x-api-key'].filter((name) => name in request.headers)
    const [path = '', query = ''] = rest.split('?')
    if (path === 'echo') json(response, 200, { method: request.method, content, secrets })
    else if (path === 'loop') json(response, 302, {}, { location: 'loop' })
    else if (path === 'away') json(response, 307, {}, { location: new URLSearchParams(query).get('to') ?? '' })
    else json(response, Number(path), {}, { location: 'echo' })
  },
  busy({ response, rest, memory }) {
    if (memory.count++ === 1) json(response, 200, {})
    else json(response, 503, {}, { 'retry-after': rest })
  },
  keys({ request, response, memory }) {
    const key = request.headers['idempotency-key']
    if (typeof key === 'string') memory.keys.push(key)
    json(response, memory.keys.length < 2 ? 503 : 200, memory.keys)
  },
  reset({ request }) {
    request.socket.destroy()
  },
  silent() {},
  'silent-in-content'({ response }) {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":')
  },
  truncated({ response, rest }) {
    const fields = { 'content-type': 'application/json', 'cache-control': 'max-age=60' }
    response.writeHead(200, rest === 'length' ? { ...fields, 'content-length': '100' } : fields)
    response.write('{"half":true}', () => setTimeout(() => response.socket?.destroy(), 20))
  },
  content({ response, rest }) {
    if (rest === 'octets') response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([0, 137, 255]))
    else if (rest === 'broken') response.writeHead(200, { 'content-type': 'application/json' }).end('{"half')
    else json(response, 200, { text: 'x'.repeat(100) })
  },
  /** The second half is sent when the first has been read. */
  stream({ response, rest, memory }) {
    if (rest === 'go') {
      memory.open?.end('two')
      response.writeHead(204).end()
    } else {
      memory.open = response.writeHead(200, { 'content-type': 'text/plain' })
      response.write('one')
    }
  },
}

export interface Scripts {
  readonly port: number
  stop(): void
}

/** `http://127.0.0.1:PORT/RUNTIME/SCRIPT/…`, a memory for each runtime and script. */
export async function startScripts(): Promise<Scripts> {
  const memories = new Map<string, Memory>()
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(OPEN)) response.setHeader(name, value)
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    const [, runtime = '', script = '', ...rest] = (request.url ?? '').split('/')
    const memory = memories.get(`${runtime}/${script}`) ?? { count: 0, keys: [], open: undefined }
    memories.set(`${runtime}/${script}`, memory)
    void text(request).then((content) =>
      SCRIPTS[script]?.({ request, response, rest: rest.join('/'), content, memory }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** What a page has to be allowed (Fetch §3.2): its own fields in, and all that decide out. */
const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'accept, authorization, cache-control, content-type, idempotency-key, if-match, if-none-match, x-api-key',
  'access-control-expose-headers': 'age, cache-control, etag, location, retry-after, www-authenticate',
}

function json(response: ServerResponse, status: number, value: unknown, fields: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...fields }).end(JSON.stringify(value))
}
