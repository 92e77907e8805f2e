/** From where an answer was taken. */
import { type Source, SOURCE_WORDS } from '../../src/rules/index.ts'

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
      return <>{SOURCE_WORDS[source.kind]}</>
  }
}
