/**
 * The results of a pure parser, kept for the texts it met last: clients send the same few values again and again.
 */

/** Same results as `parse`, which must be pure. Forgets everything once it holds `most`, so that no client can fill the memory. */
export function remember<T>(parse: (text: string) => T, most = 100): (text: string) => T {
  const known = new Map<string, { readonly result: T }>()
  return (text) => {
    const met = known.get(text)
    if (met !== undefined) return met.result
    const result = parse(text)
    if (text.length > LONGEST) return result
    if (known.size >= most) known.clear()
    known.set(text, { result })
    return result
  }
}

/** Longer texts are rare, and cheaper to parse again than to keep. */
const LONGEST = 512
