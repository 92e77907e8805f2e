/** What an aid said; or that it is being asked, or what is the matter. */
import type { ComponentChildren } from 'preact'
import { NotThere } from '../api/aids.ts'
import type { Asked } from '../api/use-asked.ts'

interface Props<T> {
  readonly of: Asked<T>
  /** What to say where there is none. */
  readonly otherwise: string
  readonly children: (value: T) => ComponentChildren
}

export function AskedFor<T>({ of, otherwise, children }: Props<T>) {
  switch (of.state) {
    case 'asking':
      return <p class="quiet">Asking the server …</p>
    case 'told':
      return <>{children(of.value)}</>
    case 'failed':
      return (
        <p class="note" role="alert">
          {of.error instanceof NotThere ? otherwise : faultOf(of.error)}
        </p>
      )
  }
}

function faultOf(error: unknown): string {
  if (error instanceof TypeError) return 'The server cannot be reached. Is it running?'
  return error instanceof Error ? error.message : String(error)
}
