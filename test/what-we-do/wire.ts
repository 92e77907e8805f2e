/** RFC 9111 and RFC 9112: caching, and HTTP/1.1 on the wire. */
import { expect } from 'vitest'
import { format, raw, Wire } from '../wire.ts'
import { KEYS } from './api.ts'
import { crawl } from './crawl.ts'
import type { Cases, World } from './world.ts'

const CONTENT = '{"title":"A","body":"B"}'

export const WIRE: Cases = {
  '9111 §5.2.2.1 no directive has an argument': async (w) => {
    for (const { target, response } of await crawl(w))
      expect(response.fields['cache-control'] ?? '', `${target}`).toMatch(/^((no-cache|no-store|private)(, |$))*$/)
  },
  '9112 §2.2 what is no HTTP is 400, and the connection ends': async (w) => {
    for (const octets of ['%%%\r\n', '\u0016\u0003\u0001\u0002\u0000', 'GET / FTP/1.1\r\n\r\n'])
      await refused(w, octets, 400)
  },
  '9112 §2.3 RTSP is read as HTTP': async (w) => {
    for (const [line, status] of [
      ['GET /livez RTSP/1.0', 200],
      ['SOURCE /livez ICE/1.0', 501],
      ['GET /livez ICE/1.0', 400],
      ['GET /livez HTTQ/1.0', 400],
    ] as const)
      expect([line, (await w.raw(`${line}\r\n\r\n`)).status]).toEqual([line, status])
  },
  '9112 §3 a method of any length is 501': async (w) => {
    for (const length of [30, 300]) {
      const { status } = await w.raw(`${'M'.repeat(length)} / HTTP/1.1\r\nHost: x\r\n\r\n`)
      expect(status).toBe(501)
    }
  },
  '9112 §3 a target that is too long is 414': async (w) => {
    for (const length of [8_193, 20_000, 102_400]) {
      const { status } = await w.raw(`GET /${'x'.repeat(length - 1)} HTTP/1.1\r\nHost: x\r\n\r\n`)
      expect(status, `${length}`).toBe(414)
    }
  },
  '9112 §3 a request line of 8,000 octets is read': async (w) => {
    const line = `GET /nowhere?${'x'.repeat(7_978)} HTTP/1.1`
    expect(line.length).toBe(8_000)
    expect((await w.raw(`${line}\r\nHost: x\r\n\r\n`)).status).toBe(404)
  },
  '9112 §3.2 without one valid Host a request is 400': async (w) => {
    for (const hosts of [
      '',
      'Host: a\r\nHost: a\r\n',
      'Host: a\r\nhost: b\r\n',
      'Host: a b\r\n',
      'Host: a/b\r\n',
      'Host: u@a\r\n',
    ])
      expect((await w.raw(`GET /livez HTTP/1.1\r\n${hosts}\r\n`)).status, `${hosts}`).toBe(400)
  },
  '9112 §3.2.2 the authority of the target counts, not Host': async (w) => {
    const status = async (authority: string, host: string) =>
      (await raw(w.strict, `GET http://${authority}/articles HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status
    for (const ours of ['localhost', 'localhost:80', 'localhost:', 'LOCALHOST'])
      expect(await status(ours, 'evil.example'), `${ours}`).toBe(200)
    expect(await status('evil.example', 'localhost')).toBe(421)
  },
  '9112 §5.1 white space before the colon is 400': async (w) => {
    for (const line of ['X-A : x', 'X-A\t: x', ' X-A: x'])
      expect((await w.raw(`GET / HTTP/1.1\r\n${line}\r\nHost: x\r\n\r\n`)).status, `${line}`).toBe(400)
  },
  '9112 §6.1 chunked content is read like any other': async (w) => {
    const { status, json } = await w.raw(
      chunked('chunked', '7\r\n{"title\r\n11;ext=1\r\n":"A","body":"B"}\r\n0\r\nX-T: t\r\n\r\n'),
    )
    expect([status, json()]).toEqual([201, expect.objectContaining({ title: 'A', body: 'B' })])
  },
  '9112 §6.1 neither 100 nor 204 has Transfer-Encoding': async (w) => {
    for (const { response } of await crawl(w))
      if (response.status === 204) expect(response.fields['transfer-encoding']).toBeUndefined()
    const wire = await w.open()
    wire.write(`${headOf('POST', '/articles')}Content-Length: ${CONTENT.length}\r\nExpect: 100-continue\r\n\r\n`)
    await expect.poll(() => wire.left).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  },
  '9112 §6.3 chunked that is not last is 400, and the connection ends': async (w) => {
    for (const coding of ['chunked, gzip', 'gzip', 'chunked, chunked, identity'])
      await refused(w, chunked(coding, `${CONTENT.length.toString(16)}\r\n${CONTENT}\r\n0\r\n\r\n`), 400)
    expect((await w.raw(chunked('gzip, chunked', '0\r\n\r\n'))).status).toBe(501)
  },
  '9112 §6.3 an invalid length is 400, and the connection ends': async (w) => {
    for (const length of ['abc', '-1', '1, 2', '1.0', '0x10', '', '+5'])
      await refused(w, `${headOf('POST', '/articles')}Content-Length: ${length}\r\n\r\n${CONTENT}`, 400)
    const twice = `Content-Length: ${CONTENT.length}\r\nContent-Length: 3\r\n`
    await refused(w, `${headOf('POST', '/articles')}${twice}\r\n${CONTENT}`, 400)
    const both = `Content-Length: ${CONTENT.length}\r\nTransfer-Encoding: chunked\r\n`
    await refused(w, `${headOf('POST', '/articles')}${both}\r\n${CONTENT}`, 400)
  },
  '9112 §6.3 content that breaks off is not used': async (w) => {
    const before = (await w.ask('GET', '/articles')).fields['etag']
    const wire = await w.open()
    wire.write(`${headOf('POST', '/articles')}Content-Length: ${CONTENT.length + 10}\r\n\r\n${CONTENT}`)
    wire.socket.end()
    expect((await wire.read()).status).toBe(400)
    await wire.ended()
    expect((await w.ask('GET', '/articles')).fields['etag']).toBe(before)
  },
  '9112 §9.3 content is read to the end, or the connection ends': async (w) => {
    const wire = await w.open()
    wire.write(format('POST', '/articles', { content: { title: 'x'.repeat(10_000) } }))
    expect((await wire.read()).status).toBe(401)
    wire.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
    expect((await wire.read()).status).toBe(200)
    const long = await w.open()
    long.write(format('POST', '/articles', { as: KEYS.ann, content: 'x'.repeat(1_500_000) }))
    const { status, fields } = await long.read()
    expect([status, fields['connection']]).toEqual([413, 'close'])
    await long.ended()
    expect(long.left).toBe('')
  },
  '9112 §9.5 who is slow gets a 408, and the connection ends': async (w) => {
    const host = 'Host: localhost\r\n'
    for (const begun of [
      `GET /articles HTTP/1.1\r\n${host}`,
      `POST /articles HTTP/1.1\r\n${host}Authorization: Bearer ${KEYS.ann}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    ]) {
      const wire = await w.open(w.strict)
      wire.write(begun)
      expect((await wire.read()).status).toBe(408)
      await wire.ended()
    }
    const idle = await w.open()
    idle.write(format('GET', '/livez'))
    expect((await idle.read()).status).toBe(200)
    await idle.ended(8_000)
    expect(idle.left).toBe('')
  },
}

/** Answered with this status, and then the connection ends in order, with nothing more on it. */
async function refused(w: World, octets: string, status: number): Promise<void> {
  const wire = await Wire.open(w.port)
  try {
    wire.write(octets)
    expect((await wire.read()).status, `${octets.slice(0, 200)}`).toBe(status)
    await wire.ended()
    expect(wire.left).toBe('')
  } finally {
    wire.close()
  }
}

function headOf(method: string, target: string): string {
  return `${method} ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${KEYS.ann}\r\nContent-Type: application/json\r\n`
}

function chunked(coding: string, octets: string): string {
  return `${headOf('POST', '/articles')}Transfer-Encoding: ${coding}\r\n\r\n${octets}`
}
