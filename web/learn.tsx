/** The learning part alone: codes, pairs and the graph, from any place that keeps files. */
import { render } from 'preact'
import { Frame } from './frame.tsx'
import { LEARNING } from './pages/learning.tsx'
import { ALONE, SharedContext } from './state.ts'

render(
  <SharedContext.Provider value={ALONE}>
    <Frame pages={LEARNING} />
  </SharedContext.Provider>,
  document.body,
)
