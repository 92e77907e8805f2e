/** The whole graph, from the table that runs. */
import { Ladder } from '../parts/ladder.tsx'
import { wholeLadder } from '../whole-ladder.ts'

export function Graph() {
  return (
    <>
      <h1>From a request to its status</h1>
      <p class="lead">
        Every question there is, in the order in which they are asked (RFC 9110 §13.2.1). A request walks down until an
        answer is a status. Of an operation only those are left that its declaration brings to life.
      </p>
      <p>
        <a href="decisions.svg">The same as a picture</a>
      </p>
      <Ladder ladder={wholeLadder()} whole />
    </>
  )
}
