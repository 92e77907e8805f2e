/** Scenarios for every edge of every row, in the order of the graph. */
import type { Scenario } from '../scenario.ts'
import { CALLER, HEAD } from './caller.ts'
import { CONTENT, FAULT, OUTCOME } from './content.ts'
import { PRECONDITIONS, STATE } from './state.ts'
import { TARGET, WIRE } from './wire.ts'

export const SCENARIOS: readonly Scenario[] = [
  ...WIRE,
  ...TARGET,
  ...CALLER,
  ...HEAD,
  ...STATE,
  ...PRECONDITIONS,
  ...CONTENT,
  ...OUTCOME,
  ...FAULT,
]
