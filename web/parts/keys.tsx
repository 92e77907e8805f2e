/** Where the keys are pasted that the server printed when it started. */
import { useId } from 'preact/hooks'
import { useShared } from '../state.ts'

export function KeysForm({ roles }: { readonly roles: readonly string[] }) {
  const { keys, setKeys } = useShared()
  const id = useId()
  return (
    <fieldset class="keys">
      <legend>Keys</legend>
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
            value={keys[role] ?? ''}
            onChange={({ currentTarget }) => setKeys({ ...keys, [role]: currentTarget.value.trim() })}
          />
        </p>
      ))}
    </fieldset>
  )
}

/** Every role that is known: those with a key, and the two of the lesson. */
export function rolesKnown(keys: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(['basic', 'admin', ...Object.keys(keys)])]
}
