/** The pages that need no server. */
import { Code } from './code.tsx'
import { Codes } from './codes.tsx'
import { Graph } from './graph.tsx'

export const LEARNING = {
  '': { title: 'Codes', listed: true, show: () => <Codes first="" /> },
  codes: { title: 'Codes', listed: false, show: (rest: string) => <Codes key={rest} first={rest} /> },
  code: { title: 'Code', listed: false, show: (rest: string) => <Code code={rest} /> },
  graph: { title: 'Graph', listed: true, show: () => <Graph /> },
} as const
