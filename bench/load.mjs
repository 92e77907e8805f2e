// The load: a process of its own that sends prepared requests over raw sockets and counts the responses.
// It reads no more of a response than its status and its length, so that the server is what is measured.
// One request at a time on each connection; the next is sent when the response has wholly arrived.
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSeconds } from './usage.mjs'

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = '0\r\n\r\n'
const PATIENCE_MS = 10_000
/** Connections share it: a chunk is dealt with before the next one is read. */
const buffer = Buffer.allocUnsafe(256 * 1024)

process.on('disconnect', () => process.exit())
process.on('message', async (job) => {
  try {
    process.send({ result: await run(job) })
  } catch (error) {
    process.send({ error: error.message })
  }
})

/**
 * `{ port, pid, requests, status, connections, warmUp, seconds }` → what was seen in those seconds:
 * `{ answered, seconds, octets, serverCpu, loadCpu }`. A response of another status ends it with an error.
 */
async function run(job) {
  const seen = { answered: 0, octets: 0, error: undefined, ending: false, next: 0 }
  const closed = Array.from({ length: job.connections }, () => keepAsking(job, seen))
  await sleep(job.warmUp * 1000)
  const before = reading(job, seen)
  await sleep(job.seconds * 1000)
  const after = reading(job, seen)
  seen.ending = true
  await Promise.all(closed)
  if (seen.error !== undefined) throw new Error(seen.error)
  return Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]]))
}

const reading = ({ pid }, { answered, octets }) => ({
  seconds: performance.now() / 1000,
  answered,
  octets,
  serverCpu: pid === undefined ? Number.NaN : (cpuSeconds(pid) ?? Number.NaN),
  loadCpu: loadCpu(),
})

function loadCpu() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Settles when the connection has closed. */
function keepAsking({ port, requests, status }, seen) {
  let missing = 0
  let chunked = false
  let tail = ''
  let held

  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback: receive } })
  socket.once('connect', ask)
  socket.once('error', (error) => fail(error.message))
  socket.setTimeout(PATIENCE_MS, () => fail(`no octet of a response came in ${PATIENCE_MS} ms`))
  return new Promise((settle) => {
    socket.once('close', () => {
      if (!seen.ending) fail('the server closed the connection')
      settle()
    })
  })

  function ask() {
    if (seen.ending) return socket.destroy()
    socket.write(requests[seen.next])
    seen.next = seen.next + 1 === requests.length ? 0 : seen.next + 1
  }

  function fail(message) {
    seen.error ??= message
    seen.ending = true
    socket.destroy()
  }

  function receive(length) {
    seen.octets += length
    if (missing > 0) missing -= length
    else if (chunked) readChunks(buffer, length)
    else if (held === undefined) begin(buffer, length)
    else begin(Buffer.concat([held, buffer.subarray(0, length)]), held.length + length)
    if (missing < 0) fail('more arrived than one response')
    if (missing > 0 || chunked || held !== undefined || socket.destroyed) return
    seen.answered += 1
    ask()
  }

  /** Reads the head, once all of it is here. */
  function begin(octets, length) {
    const end = octets.indexOf(HEAD_END)
    if (end === -1 || end + HEAD_END.length > length) {
      held = Buffer.from(octets.subarray(0, length))
      return
    }
    held = undefined
    const head = octets.latin1Slice(0, end)
    const got = Number(head.slice(9, 12))
    if (got !== status) return fail(`answered ${got}, not ${status}: ${octets.latin1Slice(end, Math.min(length, 500))}`)
    const rest = length - end - HEAD_END.length
    // RFC 9112 §6.3: some responses end with the head, whatever their fields say.
    if (got === 204 || got === 304) missing = -rest
    else if (/\r\ntransfer-encoding: *chunked/i.test(head)) readChunks(octets, length)
    else missing = Number(/\r\ncontent-length: *(\d+)/i.exec(head)[1]) - rest
  }
  /** JSON ends in a bracket, so what looks like the last chunk at the end of what arrived is the last chunk. */
  function readChunks(octets, length) {
    tail = (tail + octets.latin1Slice(Math.max(0, length - LAST_CHUNK.length), length)).slice(-LAST_CHUNK.length)
    chunked = tail !== LAST_CHUNK
  }
}
