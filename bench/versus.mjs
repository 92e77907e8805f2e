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
    entrants.push(await enter(peer, core))
  }
  const able = entrants.filter(({ error }) => error === undefined)
  const run = (ids) => {
    const cases = ids.flatMap((id) =>
      able.map(({ peer, server, scenarios }) => ({ id: `${id} ${peer.id}`, server, scenario: scenarios[id] })),
    )
    return measureRounds(generator, cases, duration, progress)
  }
  const memory = () => new Map(able.map(({ peer, server }) => [peer.id, peakMemory(server.pid)]))

  const reads = await run(SCENARIOS.filter((scenario) => !scenario.writes).map(({ id }) => id))
  const afterReads = memory()
  const writes = await run(SCENARIOS.filter((scenario) => scenario.writes).map(({ id }) => id))
  const afterWrites = memory()
  for (const { server } of able) await server.stop()

  const seen = new Map([...reads, ...writes])
  const row = (scenario, { peer, error }) => {
    const theirs = seen.get(`${scenario} ${peer.id}`) ?? { error }
    const summary = { peer: peer.id, name: peer.name, ...summarise(theirs) }
    if (peer.id === 'tenfour') return summary
    return { ...summary, ...judge(scenario, peer.id, ratioOf(seen.get(`${scenario} tenfour`), theirs)) }
  }
  return {
    scenarios: SCENARIOS.map(({ id, title }) => ({ id, title, rows: entrants.map((entrant) => row(id, entrant)) })),
    memory: peers.map(({ id, name }) => ({
      peer: id,
      name,
      afterReads: afterReads.get(id),
      afterWrites: afterWrites.get(id),
    })),
  }
}

/** A peer that cannot be started, or does less than the others, is out; the others go on. */
async function enter(peer, core) {
  let server
  try {
    server = await startServer(peer, { core })
    return { peer, server, scenarios: await prepare(server) }
  } catch (error) {
    await server?.stop()
    return { peer, error: error.message }
  }
}

function judge(scenario, peer, ratio) {
  const target = TARGETS.find((each) => each.scenario === scenario && each.peer === peer)?.least
  return { ratio, target, met: target === undefined || ratio === undefined ? undefined : ratio >= target }
}
