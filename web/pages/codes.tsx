/** Every code: found by number, phrase or a word of its meaning; the classes; and the pairs that are confused. */
import { useId, useState } from 'preact/hooks'
import {
  CLASS_WORDS,
  codesWith,
  ESSENTIAL,
  PAIRS,
  PROSE,
  readingOrder,
  type StatusClass,
  type StatusCode,
  statusRow,
} from '../../src/rules/index.ts'
import { PairView } from '../parts/pair.tsx'
import { Status } from '../parts/status.tsx'
import { linkTo } from '../route.ts'
import { CLASS_NAME } from '../words.ts'

/** `first`: what is sought at first. */
export function Codes({ first }: { readonly first: string }) {
  const [sought, seek] = useState(first)
  const id = useId()
  const found = sought.trim() === '' ? readingOrder() : codesWith(sought)
  return (
    <>
      <h1>The codes</h1>
      <p class="lead">
        A status code should be the whole message. {ESSENTIAL.length} of them say almost everything; the others are for
        when you need them.
      </p>
      <Classes />
      <p class="search">
        <label for={id}>Find a code</label>
        <input
          id={id}
          type="search"
          placeholder="409, gone, credentials …"
          value={sought}
          onInput={({ currentTarget }) => seek(currentTarget.value)}
        />
      </p>
      <p class="quiet" role="status">
        {sought.trim() === '' ? '' : `${found.length} of ${readingOrder().length}`}
      </p>
      <List codes={found.filter((code) => ESSENTIAL.some((one) => one === code))} />
      <List codes={found.filter((code) => ESSENTIAL.every((one) => one !== code))} />
      <h2>Often confused</h2>
      <p>One question decides between them.</p>
      <div class="pairs">
        {PAIRS.map((pair) => (
          <PairView key={pair.codes.join()} pair={pair} />
        ))}
      </div>
    </>
  )
}

function List({ codes }: { readonly codes: readonly StatusCode[] }) {
  if (codes.length === 0) return null
  return (
    <ul class="codes">
      {codes.map((code) => (
        <Entry key={code} code={code} />
      ))}
    </ul>
  )
}

function Entry({ code }: { readonly code: StatusCode }) {
  const { phrase, essential = false, standing } = statusRow(code)
  return (
    <li data-essential={essential || undefined}>
      <a class="plain" href={linkTo('code', String(code))}>
        <Status code={code} /> <strong>{phrase}</strong>
        {standing !== undefined && <span class="quiet"> {standing}</span>}
        <span class="meaning">{PROSE[code].meaning}</span>
      </a>
    </li>
  )
}

function Classes() {
  return (
    <dl class="classes">
      {(Object.keys(CLASS_NAME) as StatusClass[]).map((name) => (
        <div key={name} data-class={name}>
          <dt>{CLASS_NAME[name]}</dt>
          <dd>{CLASS_WORDS[name]}</dd>
        </div>
      ))}
    </dl>
  )
}
