/** Writes a request, sends it, and shows what came. */
import { useId, useRef, useState } from 'preact/hooks'
import { curlOf } from '../api/curl.ts'
import type { Draft } from '../api/draft.ts'
import { notesOn } from '../api/notes.ts'
import { type Reply, send } from '../api/send.ts'
import { rememberSent } from '../api/sent.ts'
import { useShared } from '../state.ts'
import { Copy } from './copy.tsx'
import { Inputs } from './inputs.tsx'
import { KeysForm, rolesKnown } from './keys.tsx'
import { Outcome } from './outcome.tsx'

export function Composer({ start }: { readonly start: Draft }) {
  const { keys } = useShared()
  const [draft, setDraft] = useState(start)
  const [reply, setReply] = useState<Reply>()
  const [fault, setFault] = useState('')
  const [curl, setCurl] = useState(false)
  const sending = useRef<AbortController | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const heading = useId()

  const submit = async (): Promise<void> => {
    const { signal } = (sending.current = new AbortController())
    setFault('')
    setReply(undefined)
    setBusy(true)
    try {
      const last = await send(draft, keys, { signal, seen: setReply })
      rememberSent(last, draft)
      setReply(last)
    } catch (error) {
      setFault(faultOf(error, signal))
    }
    setBusy(false)
  }

  const notes = notesOn(draft, reply !== undefined || fault !== '')
  return (
    <section class="composer" aria-labelledby={heading}>
      <h2 id={heading}>Send one</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Inputs draft={draft} change={setDraft} roles={rolesKnown(keys)} />
        {notes.map((note) => (
          <p key={note} class="note">
            {note}
          </p>
        ))}
        <p class="actions">
          <button type="submit" class="primary" disabled={busy}>
            Send
          </button>
          <button type="button" disabled={!busy} onClick={() => sending.current?.abort()}>
            Stop
          </button>
          <button type="button" aria-expanded={curl} onClick={() => setCurl(!curl)}>
            As curl
          </button>
        </p>
      </form>
      {draft.as !== '' && keys[draft.as] === undefined && <KeysForm roles={[draft.as]} open />}
      {curl && <Copy what="curl" text={curlOf(draft, keys, location.origin)} />}
      <Outcome reply={reply} fault={fault} />
    </section>
  )
}

function faultOf(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'Stopped before anything came.'
  return `There was no reply: ${error instanceof Error ? error.message : String(error)}`
}
