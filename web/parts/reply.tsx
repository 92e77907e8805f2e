/** A reply as it was on the wire, as far as a browser tells. */
import { statusRow } from '../../src/rules/index.ts'
import { MOST, type Reply } from '../api/send.ts'
import { linkTo } from '../route.ts'
import { Status } from './status.tsx'

export function ReplyView({ reply }: { readonly reply: Reply }) {
  const { status, hidden, phrase, fields, content, end, reference, milliseconds } = reply
  if (hidden)
    return (
      <p class="note">
        It was answered with a redirect, which a browser shows to no page. <a href="#/exchanges">Exchanges</a> has it.
      </p>
    )
  const name = phrase || statusRow(status).phrase
  return (
    <section class="reply" aria-label="Reply">
      <p class="headline">
        <Status code={status} linked /> <strong>{name}</strong>{' '}
        <span class="quiet">{Math.max(1, Math.round(milliseconds))} ms</span>
        {reference !== undefined && (
          <a class="onward" href={linkTo('x', reference)}>
            Why {status}?
          </a>
        )}
      </p>
      <pre tabIndex={0} aria-label="Reply as it was on the wire">
        {`HTTP/1.1 ${status} ${name}\n`}
        {fields.map(([field, value]) => `${written(field)}: ${value}\n`).join('')}
        {`\n${content}`}
      </pre>
      <p class="quiet" role="status">
        {END[end]}
      </p>
    </section>
  )
}

const END: Readonly<Record<Reply['end'], string>> = {
  coming: 'Still coming …',
  whole: '',
  cut: `Cut here: only the first ${MOST.toLocaleString('en')} characters are shown, and the rest was not read.`,
  stopped: 'Stopped here, before its end.',
}

/** Browsers hand names over in lower case; upper and lower case mean the same (RFC 9110 §5.1). */
function written(name: string): string {
  return SPECIAL[name] ?? name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

const SPECIAL: Readonly<Record<string, string>> = { etag: 'ETag', 'www-authenticate': 'WWW-Authenticate' }
