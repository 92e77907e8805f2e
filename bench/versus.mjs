// Ours side by side with the peers: the four scenarios, reading before writing, so that what the writes
// leave in memory slows no read.
import { TARGETS } from './peers.mjs'
import { measureRounds, ratioOf, summarise } from './rounds.mjs'
import { prepare, SCENARIOS } from './scenarios.mjs'
import { startServer } from './server.mjs'
import { peakMemory } from './usage.mjs'

/** `{ scenarios: [{ id, title, rows }], memory: [{ peer, afterReads, afterWrites }] }`; rows are in the order of `peers`. */
export async function measureVersus(peers, generator, core, duration, progress) {
  const entrants = []
  for (const peer of peers) {
    progress(`preparing ${peer.name}`)
    const server = await startServer(peer, { core })
    entrants.push({ peer, server, scenarios: await prepare(server) })
  }
  const run = (ids) => {
    const cases = ids.flatMap((id) =>
      entrants.map(({ peer, server, scenarios }) => ({ id: `${id} ${peer.id}`, server, scenario: scenarios[id] })),
    )
    return measureRounds(generator, cases, duration, progress)
  }
  const memory = () => entrants.map(({ server }) => peakMemory(server.pid))

  const reads = await run(SCENARIOS.filter((scenario) => !scenario.writes).map(({ id }) => id))
  const afterReads = memory()
  const writes = await run(SCENARIOS.filter((scenario) => scenario.writes).map(({ id }) => id))
  const afterWrites = memory()
  for (const { server } of entrants) await server.stop()

  const seen = new Map([...reads, ...writes])
  return {
    scenarios: SCENARIOS.map(({ id, title }) => ({
      id,
      title,
      rows: peers.map((peer) => ({
        peer: peer.id,
        name: peer.name,
        ...summarise(seen.get(`${id} ${peer.id}`)),
        ...(peer.id === 'tenfour'
          ? {}
          : judged(id, peer.id, ratioOf(seen.get(`${id} tenfour`), seen.get(`${id} ${peer.id}`)))),
      })),
    })),
    memory: peers.map(({ id, name }, at) => ({
      peer: id,
      name,
      afterReads: afterReads[at],
      afterWrites: afterWrites[at],
    })),
  }
}

function judged(scenario, peer, ratio) {
  const target = TARGETS.find((each) => each.scenario === scenario && each.peer === peer)?.least
  return { ratio, target, met: target === undefined || ratio === undefined ? undefined : ratio >= target }
}
