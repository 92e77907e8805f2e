// From the start of a process to its first answer: a first start on an empty folder, and a start on what is there.
import { median } from './rounds.mjs'
import { newFolder, startServer } from './server.mjs'

/** Milliseconds, medians of `times` starts. */
export async function measureStartup(peers, core, times, progress) {
  const rows = []
  for (const peer of peers) {
    progress(`starting ${peer.name}`)
    rows.push({ peer: peer.id, name: peer.name, ...(await startOften(peer, core, times)) })
  }
  return rows
}

async function startOften(peer, core, times) {
  const first = []
  const again = []
  try {
    for (let at = 0; at < times; at += 1) {
      const data = newFolder()
      first.push(await startOnce(peer, core, data))
      again.push(await startOnce(peer, core, data))
    }
    return { first: median(first), again: median(again) }
  } catch (error) {
    return { error: error.message }
  }
}

async function startOnce(peer, core, data) {
  const server = await startServer(peer, { core, data })
  await server.stop()
  return server.milliseconds
}
