/** What to notice about a step of the lesson: what was sent, what came, what was declared, what a client does. */
import { type LessonStep, statusRow } from '../../src/rules/index.ts'
import type { Given } from '../api/lesson.ts'
import { linkTo } from '../route.ts'
import { Status } from './status.tsx'
import { Text } from './text.tsx'

interface Props {
  readonly step: LessonStep
  readonly given: Given
}

export function Notice({ step, given: { draft, reply } }: Props) {
  const { status, reference } = reply
  return (
    <dl>
      <dt>Sent</dt>
      <dd>
        <code>
          {draft.method} {draft.path}
        </code>
        {draft.as === '' ? '' : ` as ${draft.as}`}
      </dd>
      <dt>Came</dt>
      <dd>
        <Status code={status} linked /> {statusRow(status).phrase}
        {status !== step.code && (
          <strong> The lesson says {step.code}: was the declaration changed, or the key?</strong>
        )}
        {reference !== undefined && (
          <>
            {' '}
            <a href={linkTo('x', reference)}>See its path</a>
          </>
        )}
      </dd>
      <dt>Declared</dt>
      <dd>
        <Text>{step.fact}</Text>
      </dd>
      <dt>A client</dt>
      <dd>
        <Text>{step.client}</Text>
      </dd>
    </dl>
  )
}
