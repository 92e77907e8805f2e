/** The explorer with its server: keys, live exchanges and the codes that were met, for all pages. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { keepKeys, type Keys, takeKeys } from './api/keys.ts'
import { follow, type Live } from './api/live.ts'
import { Frame } from './frame.tsx'
import { Board } from './pages/board.tsx'
import { Exchanges } from './pages/exchanges.tsx'
import { LEARNING } from './pages/learning.tsx'
import { Operation } from './pages/operation.tsx'
import { Operations } from './pages/operations.tsx'
import { Why } from './pages/why.tsx'
import type { Pages } from './page.ts'
import { type Shared, SharedContext } from './state.ts'

const PAGES: Pages = {
  '': { title: 'Board', listed: true, show: () => <Board /> },
  operations: {
    title: 'Operations',
    listed: true,
    show: (rest) => (rest === '' ? <Operations /> : <Operation name={rest} />),
  },
  exchanges: { title: 'Exchanges', listed: true, show: (rest) => <Exchanges key={rest} status={rest} /> },
  x: { title: 'Why', listed: false, show: (rest) => <Why key={rest} reference={rest} /> },
  codes: { ...LEARNING.codes, title: 'Codes', listed: true },
  code: LEARNING.code,
  graph: LEARNING.graph,
}

export function App() {
  const [keys, set] = useState<Keys>(takeKeys)
  const [live, setLive] = useState<Live>({ exchanges: [], state: 'connecting' })
  const [met, setMet] = useState<ReadonlyMap<number, string>>(new Map())
  useEffect(() => follow(setLive), [])
  useEffect(() => setMet((before) => meet(before, live)), [live])
  const shared = useMemo(
    (): Shared => ({ live, keys, met, setKey: (role, key) => set((before) => keepKeys({ ...before, [role]: key })) }),
    [live, keys, met],
  )
  return (
    <SharedContext.Provider value={shared}>
      <Frame pages={PAGES} />
    </SharedContext.Provider>
  )
}

/** A code that was met once stays met, also when its exchange has left the list. */
function meet(before: ReadonlyMap<number, string>, { exchanges }: Live): ReadonlyMap<number, string> {
  return new Map([
    ...before,
    ...exchanges.toReversed().map(({ status, reference }): [number, string] => [status, reference]),
  ])
}
