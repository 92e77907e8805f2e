/** Text in which `this` is code. */
export function Text({ children }: { readonly children: string }) {
  return <>{children.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}</>
}
