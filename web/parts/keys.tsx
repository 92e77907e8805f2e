/** Where the keys are pasted that the server printed when it started. */
import { useId } from 'preact/hooks'
import { useShared } from '../state.ts'

interface Props {
  readonly roles: readonly string[]
  /** One of them is needed, and not known. */
  readonly open: boolean
}

export function KeysForm({ roles, open }: Props) {
  const { keys, setKey } = useShared()
  const id = useId()
  return (
    <details class="keys" open={open}>
      <summary>Keys</summary>
      <p class="quiet">
        The command that serves this API printed them when it started, and a link with them in it. They stay in this
        browser.
      </p>
      {roles.map((role) => (
        <p key={role}>
          <label for={`${id}-${role}`}>{role}</label>{' '}
          <input
            id={`${id}-${role}`}
            type="password"
            autocomplete="off"
            // What is half typed stays when the page is drawn anew.
            defaultValue={keys[role] ?? ''}
            onChange={({ currentTarget }) => setKey(role, currentTarget.value.trim())}
          />
        </p>
      ))}
    </details>
  )
}

/** Every role that is known: those with a key, and the two of the lesson. */
export function rolesKnown(keys: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(['basic', 'admin', ...Object.keys(keys)])]
}
