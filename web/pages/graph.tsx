/** The whole graph, from the table that runs. */
import { wholeLadder } from '../../src/rules/index.ts'
import { Ladder } from '../parts/ladder.tsx'

export function Graph() {
  return (
    <>
      <h1>From a request to its status</h1>
      <p class="lead">
        Every question there is, in the order in which they are asked (RFC 9110 §13.2.1). A request walks down until an
        answer is a status. Of an operation only those are left that its declaration brings to life.
      </p>
      <a class="picture" href="decisions.svg">
        <img src="decisions.svg" width="1260" height="520" alt="All of it in one picture" />
      </a>
      <Ladder ladder={wholeLadder()} whole />
    </>
  )
}
