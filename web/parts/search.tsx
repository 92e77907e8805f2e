/** Leads to the codes that are sought. */
import { useId, useState } from 'preact/hooks'
import { linkTo } from '../route.ts'

export function Search() {
  const [sought, seek] = useState('')
  const id = useId()
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        location.hash = linkTo('codes', sought)
      }}
    >
      <label for={id}>Find another code</label>
      <input
        id={id}
        type="search"
        placeholder="412, gone, too large …"
        value={sought}
        onInput={({ currentTarget }) => seek(currentTarget.value)}
      />
      <button type="submit">Find</button>
    </form>
  )
}
