/** A line to copy. */
import { useState } from 'preact/hooks'

interface Props {
  readonly text: string
  /** What is copied: `curl`. */
  readonly what: string
}

export function Copy({ text, what }: Props) {
  const [copied, set] = useState('')
  return (
    <div class="copy">
      <pre tabIndex={0} aria-label={what}>
        {text}
      </pre>
      <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => set(text))}>
        Copy {what}
      </button>
      <span role="status">{copied === text ? 'Copied.' : ''}</span>
    </div>
  )
}
