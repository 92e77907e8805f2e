/** From where an answer was taken. */
import type { Source } from '../../src/rules/index.ts'

export function SourceView({ source }: { readonly source: Source }) {
  switch (source.kind) {
    case 'field':
      return (
        <>
          the field <code>{source.name}</code>
        </>
      )
    case 'declared':
      return (
        <>
          your declaration, <code>{source.at}</code>
          {source.says !== undefined && `: ${source.says}`}
        </>
      )
    case 'function':
      return (
        <>
          your function <code>{source.at}</code>
          {source.file !== undefined && ` in ${source.file}`}
          {source.line !== undefined && `:${source.line}`}
        </>
      )
    case 'connection':
    case 'accounts':
    case 'store':
    case 'content':
    case 'server':
      return <>{PLAIN[source.kind]}</>
  }
}

const PLAIN = {
  connection: 'the connection and the request line',
  accounts: 'the credentials, looked up',
  store: 'what is stored',
  content: 'the content of the request',
  server: 'the server itself: its limits, its state, what was asked of it',
} as const
