// The least a server can do: the same octets for every chunk that arrives. It shows what the load can send.
import { createServer } from 'node:net'

const content = JSON.stringify({ items: ['x'.repeat(600)] })
const response = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${content.length}\r\n\r\n${content}`,
)

createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(response))
  socket.on('error', () => socket.destroy())
}).listen(Number(process.env.PORT), '127.0.0.1')
