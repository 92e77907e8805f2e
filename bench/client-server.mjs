// What the clients ask, on a thread of its own: a few hundred octets of JSON, for one path with a lifetime.
import { createServer } from 'node:http'
import { parentPort } from 'node:worker_threads'

const content = JSON.stringify({ id: '1', title: 'x'.repeat(100), body: 'y'.repeat(120) })
const fields = { 'content-type': 'application/json', 'content-length': content.length }

const server = createServer((request, response) => {
  const lifetime = request.url === '/cached' ? { 'cache-control': 'max-age=3600' } : { 'cache-control': 'no-store' }
  response.writeHead(200, { ...fields, ...lifetime }).end(content)
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
