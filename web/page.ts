/** A page: what the first segment of the fragment names. */
import type { ComponentChildren } from 'preact'

interface Page {
  readonly title: string
  /** Does the navigation name it? */
  readonly listed: boolean
  readonly show: (rest: string) => ComponentChildren
}

export type Pages = Readonly<Record<string, Page>>
