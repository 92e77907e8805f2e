// Rounds: every server is asked in turn, again and again, so that what disturbs the machine disturbs them all.

/**
 * Measures each case once a round. A case is `{ id, server, scenario }`; the result maps its id to
 * `{ samples }`, or to `{ error }` from the round it failed in.
 */
export async function measureRounds(generator, cases, { rounds, warmUp, seconds, settle }, progress) {
  const seen = new Map(cases.map(({ id }) => [id, { samples: [], error: undefined }]))
  const measure = async ({ id, server, scenario }, duration) => {
    const { samples, error } = seen.get(id)
    if (error !== undefined) return
    try {
      samples.push(await generator.send(server, scenario, duration))
    } catch (caught) {
      seen.get(id).error = caught.message
    }
  }
  for (const each of cases) {
    progress(`warming up: ${each.id}`)
    await measure(each, { warmUp: 0, seconds: settle })
  }
  for (const { samples } of seen.values()) samples.length = 0
  for (let round = 1; round <= rounds; round += 1) {
    for (const each of cases) {
      progress(`round ${round} of ${rounds}: ${each.id}`)
      await measure(each, { warmUp, seconds })
    }
  }
  return seen
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** What the samples of a case come to. */
export function summarise({ samples = [], error }) {
  if (error !== undefined || samples.length === 0) return { error: error ?? 'not measured' }
  const of = (name) => samples.map((sample) => sample[name])
  return {
    rate: median(of('rate')),
    lowest: Math.min(...of('rate')),
    highest: Math.max(...of('rate')),
    cost: median(of('cost')),
    octets: median(of('octets')),
    serverBusy: median(of('serverBusy')),
    loadBusy: median(of('loadBusy')),
  }
}

/** Ours over theirs, round by round, so that a slow moment of the machine counts for both; undefined when either failed. */
export function ratioOf(ours, theirs) {
  if (ours === undefined || (ours.error ?? theirs.error) !== undefined) return undefined
  const ratios = ours.samples.map(({ rate }, round) => rate / theirs.samples[round].rate)
  return ratios.length === 0 ? undefined : median(ratios)
}
