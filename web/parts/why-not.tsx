/** "Why not 200?": the one fact that would have changed it, and the same request with that one change. */
import { useState } from 'preact/hooks'
import type { ExplainedExchange, WhyNot } from '../../src/rules/index.ts'
import { type Change, changesFor } from '../api/remedy.ts'
import { type Reply, send } from '../api/send.ts'
import { rememberSent, sentAs } from '../api/sent.ts'
import { useShared } from '../state.ts'
import { Composer } from './composer.tsx'
import { Outcome } from './outcome.tsx'
import { Rfc } from './rfc.tsx'
import { SourceView } from './source.tsx'

interface Props {
  readonly exchange: ExplainedExchange
  readonly whyNot: WhyNot
}

export function WhyNotView({ exchange, whyNot }: Props) {
  const { keys } = useShared()
  const [reply, setReply] = useState<Reply>()
  const [fault, setFault] = useState('')
  const [composed, compose] = useState<Change>()
  const changes = changesFor(exchange, sentAs(exchange.reference), keys)

  const make = async (change: Change): Promise<void> => {
    setReply(undefined)
    setFault('')
    compose(undefined)
    if (!change.ready) return compose(change)
    try {
      if (change.wait !== undefined) await new Promise((done) => setTimeout(done, change.wait))
      const last = await send(change.draft, keys)
      rememberSent(last, change.draft)
      setReply(last)
    } catch (error) {
      setFault(`There was no reply: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return (
    <section class="why-not">
      <h2>{whyNot.instead.length === 0 ? 'What now?' : `Why not ${whyNot.instead.join(' or ')}?`}</h2>
      <p class="sentence">{whyNot.sentence}</p>
      {changes.length > 0 && (
        <p class="actions">
          {changes.map((change) => (
            <button key={change.label} type="button" class="primary" onClick={() => void make(change)}>
              {change.ready ? `Send it ${change.label}` : `Write it ${change.label} …`}
            </button>
          ))}
        </p>
      )}
      <Outcome reply={reply} fault={fault} />
      {composed !== undefined && <Composer key={composed.label} start={composed.draft} />}
      <dl class="facts">
        <div>
          <dt>Decided by</dt>
          <dd>
            {whyNot.ask} <em>{whyNot.answer}</em> <Rfc of={whyNot.rfc} />
          </dd>
        </div>
        <div>
          <dt>It stands in</dt>
          <dd>
            <SourceView source={whyNot.source} />
          </dd>
        </div>
        <div>
          <dt>A client now</dt>
          <dd>{whyNot.client}</dd>
        </div>
      </dl>
    </section>
  )
}
