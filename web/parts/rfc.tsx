/** A clause, linked to where it stands: `9110 §15.5.4`. */
interface Props {
  readonly of: string
}

export function Rfc({ of }: Props) {
  const [, number, section] = /^(\d+)(?: §([\d.]+))?$/.exec(of) ?? []
  if (number === undefined) return <span class="rfc">{of}</span>
  const anchor = section === undefined ? '' : `#section-${section}`
  return (
    <a class="rfc" href={`https://www.rfc-editor.org/rfc/rfc${number}${anchor}`} rel="noreferrer">
      RFC {of}
    </a>
  )
}
