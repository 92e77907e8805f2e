/** One code: what it means, when to send it, what to do about it, and what it is taken for. */
import type { ComponentChildren } from 'preact'
import {
  cachedWords,
  CLASS_WORDS,
  CONTENT_WORDS,
  FAULT_WORDS,
  isStatusCode,
  PAIRS,
  parseStatus,
  PROSE,
  RETRY_WORDS,
  type StatusCode,
  statusRow,
  wholeLadder,
} from '../../src/rules/index.ts'
import { Givers } from '../parts/givers.tsx'
import { PairView } from '../parts/pair.tsx'
import { Rfc } from '../parts/rfc.tsx'
import { Status } from '../parts/status.tsx'
import { linkTo } from '../route.ts'
import { useShared } from '../state.ts'

export function Code({ code: text }: { readonly code: string }) {
  const code = parseStatus(text)
  if (code === undefined) return <Unknown text={text} />
  return isStatusCode(code) ? <Registered code={code} /> : <Unregistered code={code} />
}

function Registered({ code }: { readonly code: StatusCode }) {
  const row = statusRow(code)
  const { live } = useShared()
  const { meaning, server, client, confusedWith } = PROSE[code]
  const pairs = PAIRS.filter(({ codes }) => codes.includes(code))
  return (
    <article class="one-code" data-class={row.class}>
      <p class="big" aria-hidden="true">
        {code}
      </p>
      <h1>
        <span class="hidden">{code} </span>
        {row.phrase}
      </h1>
      <p class="lead">{meaning}</p>
      <Met code={code} />
      <div class="columns">
        <section>
          <h2>A server sends it</h2>
          <p>{server}</p>
        </section>
        <section>
          <h2>A client then</h2>
          <p>{client}</p>
        </section>
      </div>
      <Facts code={code} />
      {live !== undefined && <Givers code={code} />}
      <Questions code={code} />
      {pairs.length > 0 && <h2>Often confused</h2>}
      <div class="pairs">
        {pairs.map((pair) => (
          <PairView key={pair.codes.join()} pair={pair} />
        ))}
      </div>
      {pairs.length === 0 && confusedWith.length > 0 && (
        <>
          <h2>Taken for</h2>
          <ul>
            {confusedWith.map(({ code: other, question }) => (
              <li key={other}>
                <Status code={other} linked /> {question} If so, it is {code}.
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  )
}

function Met({ code }: { readonly code: number }) {
  const { met } = useShared()
  const reference = met.get(code)
  if (reference === undefined) return null
  return (
    <p>
      <a href={linkTo('x', reference)}>The last time your API gave it, and why</a>
    </p>
  )
}

function Facts({ code }: { readonly code: StatusCode }) {
  const row = statusRow(code)
  const { rfc, content, must, should, fault, retry, standing } = row
  return (
    <dl class="facts">
      <Fact name="Defined in">
        <Rfc of={rfc} />
      </Fact>
      <Fact name="To mend">{FAULT_WORDS[fault]}</Fact>
      <Fact name="Next">{RETRY_WORDS[retry]}</Fact>
      <Fact name="Content">{CONTENT_WORDS[content]}</Fact>
      <Fact name="Cached">{cachedWords(row)}</Fact>
      {must !== undefined && <Fact name="Has to carry">{must.join(', ')}</Fact>}
      {should !== undefined && <Fact name="Should carry">{should.join(', ')}</Fact>}
      {standing !== undefined && <Fact name="Standing">{standing}</Fact>}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The rows of the graph that end with it. */
function Questions({ code }: { readonly code: StatusCode }) {
  const rungs = wholeLadder().filter(({ edges }) => edges.some(({ to }) => to === code))
  if (rungs.length === 0) return <p class="quiet">No question of the graph ends with it.</p>
  return (
    <>
      <h2>Questions that end with it</h2>
      <ul class="questions">
        {rungs.map(({ id, ask, rfc }) => (
          <li key={id}>
            {ask} <Rfc of={rfc} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Unregistered({ code }: { readonly code: number }) {
  const row = statusRow(code)
  return (
    <>
      <h1>{code} is not registered</h1>
      <p class="lead">
        A client takes it for {row.phrase} (RFC 9110 §15). {CLASS_WORDS[row.class]}
      </p>
      <p>
        <a href={linkTo('codes')}>All codes</a>
      </p>
    </>
  )
}

function Unknown({ text }: { readonly text: string }) {
  return (
    <>
      <h1>That is no status code</h1>
      <p class="lead">A code has three digits, from 100 to 999; {text === '' ? 'none was named' : 'this has not'}.</p>
      <p>
        <a href={linkTo('codes')}>All codes</a>
      </p>
    </>
  )
}
