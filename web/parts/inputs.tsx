/** The parts of a request, to be written. */
import { useId } from 'preact/hooks'
import type { Draft } from '../api/draft.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

interface Props {
  readonly draft: Draft
  readonly change: (draft: Draft) => void
  readonly roles: readonly string[]
}

export function Inputs({ draft, change, roles }: Props) {
  const id = useId()
  return (
    <div class="inputs">
      <div class="method">
        <label for={`${id}-method`}>Method</label>
        <select
          id={`${id}-method`}
          value={draft.method}
          onChange={({ currentTarget }) => change({ ...draft, method: currentTarget.value })}
        >
          {METHODS.map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
      </div>
      <div class="path">
        <label for={`${id}-path`}>Path</label>
        <input
          id={`${id}-path`}
          class="code"
          spellcheck={false}
          value={draft.path}
          onInput={({ currentTarget }) => change({ ...draft, path: currentTarget.value })}
        />
      </div>
      <div class="who">
        <label for={`${id}-as`}>Who am I</label>
        <select
          id={`${id}-as`}
          value={draft.as}
          onChange={({ currentTarget }) => change({ ...draft, as: currentTarget.value })}
        >
          <option value="">anonymous</option>
          {roles.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      </div>
      <div class="fields">
        <label for={`${id}-fields`}>Fields, one to a line</label>
        <textarea
          id={`${id}-fields`}
          class="code"
          rows={2}
          spellcheck={false}
          placeholder={'If-Match: "…"'}
          value={draft.fields}
          onInput={({ currentTarget }) => change({ ...draft, fields: currentTarget.value })}
        />
      </div>
      <div class="content">
        <label for={`${id}-content`}>Content</label>
        <textarea
          id={`${id}-content`}
          class="code"
          rows={Math.min(draft.content.split('\n').length + 2, 16)}
          spellcheck={false}
          value={draft.content}
          onInput={({ currentTarget }) => change({ ...draft, content: currentTarget.value })}
        />
      </div>
    </div>
  )
}
