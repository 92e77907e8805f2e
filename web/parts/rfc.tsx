/** A clause, linked to where it stands: `9110 §15.5.4`. */
interface Props {
  readonly of: string
}

export function Rfc({ of }: Props) {
  const [, document = of, section] = /^(.*?)(?: §([\d.]+))?$/.exec(of) ?? []
  const number = /^\d+$/.test(document)
  const address = number ? `https://www.rfc-editor.org/rfc/rfc${document}` : ADDRESS[document]
  const text = number ? `RFC ${of}` : of
  if (address === undefined) return <span class="rfc">{text}</span>
  return (
    <a class="rfc" href={section === undefined ? address : `${address}#section-${section}`} rel="noreferrer">
      {text}
    </a>
  )
}

/** Drafts, whose sections are found in the same way. */
const ADDRESS: Readonly<Record<string, string>> = {
  'Idempotency-Key': 'https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07',
  'draft-ietf-httpbis-resumable-upload': 'https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-resumable-upload',
}
