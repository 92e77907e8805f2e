// The bench: ours side by side with its peers, ratios in one run. See README.md for what is fair here and why.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { folder } from './child.mjs'
import { measureClients } from './client.mjs'
import { findCores } from './cores.mjs'
import { measureCeiling, startGenerator } from './generator.mjs'
import { PEERS } from './peers.mjs'
import * as report from './report.mjs'
import { median } from './rounds.mjs'
import { measureSizes } from './sizes.mjs'
import { measureStartup } from './startup.mjs'
import { measureVersus } from './versus.mjs'
import { measureWalk } from './walk.mjs'

const HELP = `Usage: npm run bench -- [options]

  --quick            under a minute: fewer and shorter rounds, 100,000 rows in place of 1,000,000
  --long             about fifteen minutes: for numbers to publish
  --only PARTS       some of versus,startup,sizes,walk,client
  --peers NAMES      some of ${PEERS.map(({ id }) => id).join(',')}
  --connections N    64 unless told
  --rows N           rows of the large table
  --json             the results as JSON on stdout; the tables go to stderr
`

/** Seconds, but for the counts: rounds, starts and rows. */
const DURATIONS = {
  quick: { rounds: 3, warmUp: 0.1, seconds: 0.3, settle: 0.3, starts: 1, rows: 100_000 },
  short: { rounds: 5, warmUp: 0.15, seconds: 0.5, settle: 0.5, starts: 3, rows: 1_000_000 },
  long: { rounds: 15, warmUp: 0.3, seconds: 1.5, settle: 2, starts: 7, rows: 1_000_000 },
}

const options = readOptions()
const say = options.json ? (text) => process.stderr.write(`${text}\n\n`) : (text) => process.stdout.write(`${text}\n\n`)
await main()

async function main() {
  install()
  const { duration, connections } = options
  const cores = findCores()
  const machine = {
    node: process.version.slice(1),
    processor: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    cores,
    connections,
    durability: measureDurability(),
  }
  say(report.reportMachine(machine))

  const { peers, absent } = options
  for (const { name, missing } of absent)
    say(`${name} does not take part: ${missing} is missing. Run npm run build first.`)
  const ours = peers.find(({ id }) => id === 'tenfour')
  const generator = startGenerator({ core: cores?.load, connections })
  const result = { at: new Date().toISOString(), machine, duration }
  const parts = {
    async walk() {
      result.walk = await measureWalk()
      say(report.reportWalk(result.walk))
    },
    async client() {
      result.client = await measureClients(duration, progress)
      say(report.reportClients(result.client))
    },
    async startup() {
      result.startup = await measureStartup(peers, cores?.server, duration.starts, progress)
      say(report.reportStartup(result.startup))
    },
    async versus() {
      result.ceiling = await measureCeiling(generator, cores?.server, duration)
      Object.assign(result, await measureVersus(peers, generator, cores?.server, duration, progress))
      for (const error of report.longErrors(result.scenarios)) say(error)
      say(report.reportCeiling(result.ceiling, result.scenarios))
      for (const scenario of result.scenarios) say(report.reportScenario(scenario))
      say(report.reportMemory(result.memory))
    },
    async sizes() {
      if (ours === undefined) return
      result.sizes = await measureSizes(ours, generator, cores?.server, options.rows, duration, progress)
      say(report.reportSizes(result.sizes))
    },
  }
  const failures = []
  for (const part of Object.keys(parts).filter((name) => options.parts.has(name))) {
    try {
      await parts[part]()
    } catch (error) {
      failures.push({ part, message: error.message })
      say(`${part} could not be measured. ${error.message}`)
    } finally {
      progress('')
    }
  }
  if (failures.length > 0) result.failures = failures
  await generator.stop()
  if (options.json) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`)
  process.exitCode = failures.length > 0 ? 1 : 0
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      long: { type: 'boolean' },
      only: { type: 'string', default: 'walk,client,startup,versus,sizes' },
      peers: { type: 'string', default: PEERS.map(({ id }) => id).join(',') },
      connections: { type: 'string', default: '64' },
      rows: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    process.exit()
  }
  const duration = DURATIONS[values.long ? 'long' : values.quick ? 'quick' : 'short']
  const wanted = PEERS.filter(({ id }) => values.peers.split(',').includes(id))
  return {
    duration,
    connections: Number(values.connections),
    rows: Number(values.rows ?? duration.rows),
    parts: new Set(values.only.split(',')),
    peers: wanted.filter(({ missing }) => missing === undefined),
    absent: wanted.filter(({ missing }) => missing !== undefined),
    json: values.json,
  }
}

/** The peers are dependencies of this folder alone, installed on first use. */
function install() {
  const here = fileURLToPath(new URL('.', import.meta.url))
  if (existsSync(`${here}node_modules/.package-lock.json`)) return
  process.stderr.write('Installing the peers (bench/package-lock.json), once …\n')
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('npm ci failed in bench/')
}

/** Milliseconds to write 4 KiB and have the disk keep it: what a durable server has to wait for. */
function measureDurability() {
  const file = openSync(`${folder}/durability`, 'w')
  const page = Buffer.alloc(4096)
  const times = Array.from({ length: 50 }, () => {
    const began = performance.now()
    writeSync(file, page)
    fsyncSync(file)
    return performance.now() - began
  })
  closeSync(file)
  return median(times)
}

/** What is being done, on one line that is written over; an empty text clears it. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}
