/** No descriptor is left for one more connection: the process lives, says so, and goes on when there are some. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { BASIC, killAll, startServer, until } from './faults/server.ts'
import { startNewsroom } from './start.ts'
import { send } from './wire.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenfour-descriptors-'))
afterEach(killAll)
afterAll(() => rmSync(folder, { recursive: true }))

test(
  'EMFILE: connections that are open are served, and all is well once some are closed',
  { timeout: 60_000 },
  async () => {
    const server = await startServer(join(folder, 'news.db'), { shell: 'ulimit -n 256; exec "$@"' })
    const write = () => send(server.port, 'POST', '/articles', { as: BASIC, content: { title: 'a', body: 'b' } })
    expect((await write()).status).toBe(201)
    const sockets: Socket[] = []
    for (let n = 0; n < 400; n++) sockets.push(connect(server.port, '127.0.0.1').on('error', () => undefined))
    await sleep(1_500)
    expect(process.kill(server.pid, 0)).toBe(true)
    for (const socket of sockets) socket.destroy()
    await until('it answers again', async () => (await write().catch(() => undefined))?.status === 201)
    expect(server.log.filter(({ msg }) => /nobody caught/.test(msg))).toEqual([])
    expect(server.log.filter(({ level }) => level >= 50).length).toBeLessThan(10)
    server.signal('SIGTERM')
    expect(await server.ended).toMatchObject({ code: 0, signal: null })
  },
)

test('what befalls the listener is logged, once a second, and ends nothing', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen')
  const news = await startNewsroom()
  const [listener] = listen.mock.contexts as Server[]
  listen.mockRestore()
  for (let n = 0; n < 100; n++) listener?.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
  expect(news.log).toMatchObject([{ level: 'error', message: 'a connection could not be taken' }])
  expect((await send(news.port, 'GET', '/articles')).status).toBe(200)
  await news.stop()
})
