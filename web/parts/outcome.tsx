/** What came of a request: said in a few words, shown in full. */
import { statusRow } from '../../src/rules/index.ts'
import type { Reply } from '../api/send.ts'
import { ReplyView } from './reply.tsx'

interface Props {
  readonly reply: Reply | undefined
  /** Why there is none. */
  readonly fault: string
}

export function Outcome({ reply, fault }: Props) {
  return (
    <>
      <p class="hidden" role="status">
        {reply === undefined ? fault : told(reply)}
      </p>
      {fault !== '' && <p class="note">{fault}</p>}
      {reply !== undefined && <ReplyView reply={reply} />}
    </>
  )
}

function told({ status, hidden }: Reply): string {
  return hidden ? 'It was answered with a redirect.' : `It was answered with ${status} ${statusRow(status).phrase}.`
}
