/** A page of the same origin as an API: what is not of the page is handed through. */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export async function startPage(folder: string, api: string): Promise<{ readonly url: string; stop(): void }> {
  const server = createServer((request, response) => {
    if (request.url === '/suite.html') show(response, 'text/html', '<script type="module" src="suite.mjs"></script>')
    else if (request.url === '/suite.mjs') show(response, 'text/javascript', readFileSync(join(folder, 'suite.mjs')))
    else handThrough(api, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function show(response: ServerResponse, type: string, content: string | Buffer): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(content)
}

function handThrough(api: string, request: IncomingMessage, response: ServerResponse): void {
  const { url = '', method = '', headers } = request
  const onward = send(new URL(url, api), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  request.pipe(onward)
}
