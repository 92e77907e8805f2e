/**
 * The keys that `tenfour serve` printed, by role. They come in the fragment of the address, which no
 * browser sends to anybody, or are pasted; no server ever hands them out.
 */
export type Keys = Readonly<Record<string, string>>

const KEPT = 'tenfour.keys'

/** Takes the keys out of `#/keys/basic=…&admin=…`, so that they stay in no address; with those that were kept. */
export function takeKeys(): Keys {
  const given = /^#\/keys\/(.*)$/s.exec(location.hash)?.[1]
  if (given === undefined) return keptKeys()
  history.replaceState(null, '', '#/')
  return keepKeys({ ...keptKeys(), ...Object.fromEntries(new URLSearchParams(given)) })
}

export function keepKeys(keys: Keys): Keys {
  const known = Object.fromEntries(Object.entries(keys).filter(([, key]) => key !== ''))
  localStorage.setItem(KEPT, JSON.stringify(known))
  return known
}

function keptKeys(): Keys {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {}
  }
}
