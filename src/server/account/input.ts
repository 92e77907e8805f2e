/** What `/session` and `/keys` take: an object of a few texts, every fault named at once. */
import { formatPointer, type ProblemError } from '../../rules/index.ts'
import { isObject } from '../../rules/merge-patch.ts'
import { INPUT_ERROR, MOST_ERRORS } from '../collection/input-error.ts'
import { isStorable } from '../collection/json-value.ts'

export interface TextMember {
  readonly required: boolean
  /** Characters; without it any number. */
  readonly longest?: number
}

/** The texts of an object, and everything that is wrong with it. */
export function readTexts(
  json: unknown,
  members: Readonly<Record<string, TextMember>>,
): { readonly errors: readonly ProblemError[]; readonly texts: Readonly<Record<string, string>> } {
  if (!isObject(json)) return { errors: [INPUT_ERROR.noObject()], texts: {} }
  const errors: ProblemError[] = []
  const texts: Record<string, string> = {}
  for (const [name, member] of Object.entries(members)) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined
    const wrong = value === undefined ? undefined : faultOf(value, member)
    if (value === undefined && member.required) errors.push(INPUT_ERROR.required(name))
    else if (wrong !== undefined) errors.push({ pointer: formatPointer([name]), detail: wrong, code: 'invalid' })
    else if (typeof value === 'string') texts[name] = value
  }
  const unknown = Object.keys(json).filter((name) => !Object.hasOwn(members, name))
  errors.push(...unknown.slice(0, MOST_ERRORS).map((name) => INPUT_ERROR.unknown(name)))
  return { errors, texts }
}

function faultOf(value: unknown, { longest = Infinity }: TextMember): string | undefined {
  if (typeof value !== 'string') return 'This member is a text.'
  if (!isStorable(value)) return 'Text holds no NUL and no half of a surrogate pair.'
  if (value === '') return 'This text is not empty.'
  return [...value].length > longest ? `This text has at most ${longest} characters.` : undefined
}
