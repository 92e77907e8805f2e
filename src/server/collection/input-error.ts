/**
 * What can be wrong with a member, in words for people and a code for programs.
 *
 * Codes are stable. No value that was sent is repeated: it may be a secret.
 */
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { formatPointer, type ProblemError } from '../../rules/index.ts'
import { isObject } from '../../rules/merge-patch.ts'
import { branchesOf, definitionsOf, inside, type Shape } from '../declare/json-shape.ts'
import { reservedMembers } from './json-value.ts'

type Issue = StandardSchemaV1.Issue

const UNKEPT = 'Text holds no NUL and no half of a surrogate pair, and numbers are finite.'

export const INPUT_ERROR = {
  noObject: () => ({ pointer: '', detail: 'The content is an object, with a member for each fact.', code: 'invalid' }),
  unknown: (...path: readonly string[]) => ({
    pointer: formatPointer(path),
    detail: 'There is no member of this name.',
    code: 'unknown_member',
  }),
  required: (name: string) => ({ pointer: formatPointer([name]), ...MISSED }),
  notRemovable: (name: string) => at(name, 'This member is required, so it cannot be taken away.', 'required'),
  readOnly: (name: string) =>
    at(name, 'The server alone sets this member: leave it out, or send it unchanged.', 'read_only'),
  notAllowed: (name: string) =>
    at(name, 'This caller may not set this member: leave it out, or send it unchanged.', 'not_allowed'),
  unkept: (name: string) => at(name, UNKEPT, 'invalid'),
  unkeptContent: () => ({ pointer: '', detail: UNKEPT, code: 'invalid' }),
  taken: (name: string) => at(name, 'Another item has this value already.', 'taken'),
  dangling: (name: string) => at(name, 'There is no item with this id.', 'dangling'),
  badId: () => ({
    parameter: 'id',
    detail: 'An id is 1 to 128 letters, digits, dots, dashes, underscores or tildes.',
    code: 'invalid',
  }),
  inUse: (collection: string) => ({
    pointer: '',
    detail: `Items of ${collection} still refer to this one.`,
    code: 'in_use',
  }),
} as const satisfies Record<string, (name: string) => ProblemError>

/** Errors named in one answer: enough to put things right, and no answer much larger than its question. */
export const MOST_ERRORS = 100

/** Members that no schema need be asked about: it might not say that it drops them. */
export function reservedErrors(under: readonly string[], value: unknown): ProblemError[] {
  return reservedMembers(value)
    .slice(0, MOST_ERRORS)
    .map((path) => ({ pointer: formatPointer([...under, ...path]), detail: RESERVED, code: 'invalid' }))
}

const RESERVED = 'No member can be kept under this name.'

/**
 * What a schema finds wrong with a member. `value` is what was checked, so that nothing of it is repeated; `shape` is its
 * JSON Schema, which says what may be left out.
 */
export function schemaErrors(name: string, issues: readonly Issue[], value: unknown, shape?: object): ProblemError[] {
  return errorsUnder([name], issues, value, shape)
}

/** The same with the content as a whole. */
export function contentErrors(issues: readonly Issue[], value: unknown, shape?: object): ProblemError[] {
  return errorsUnder([], issues, value, shape)
}

function errorsUnder(
  under: readonly string[],
  issues: readonly Issue[],
  value: unknown,
  shape: object = {},
): ProblemError[] {
  const texts: string[] = []
  collect(value, texts)
  return issues.slice(0, MOST_ERRORS).map(({ message, path = [] }) => {
    // Not `path.map`: a path may be a subclass of Array whose constructor takes something else than a length.
    const keys = Array.from(path, (segment) => (typeof segment === 'object' ? segment.key : segment))
    const pointer = formatPointer([...under, ...keys])
    return isMissed(keys, value, shape)
      ? { pointer, ...MISSED }
      : { pointer, detail: repeats(message, texts) ? UNFIT : sentence(message), code: 'invalid' }
  })
}

/** Is this a member that was left out, and may not be? A schema can also find fault with one that may. */
function isMissed(keys: readonly PropertyKey[], whole: unknown, shape: object): boolean {
  const definitions = definitionsOf(shape)
  let [value, shapes]: [unknown, readonly unknown[]] = [whole, [shape]]
  for (const [depth, key] of keys.entries()) {
    if (typeof value !== 'object' || value === null) return false
    const holder = value
    const branches = branchesOf(holder, shapes, definitions)
    if (!Object.hasOwn(holder, key))
      return depth === keys.length - 1 && branches.length > 0 && branches.every((branch) => needs(branch, key))
    shapes = branches.flatMap((branch) => inside(branch, holder, key))
    value = (holder as Record<PropertyKey, unknown>)[key]
  }
  return false
}

const needs = ({ required }: Shape, key: PropertyKey): boolean => Array.isArray(required) && required.includes(key)

const MISSED = { detail: 'This member is required.', code: 'required' }

const UNFIT = 'The value does not fit its declaration.'

function at(name: string, detail: string, code: string): ProblemError {
  return { pointer: formatPointer([name]), detail, code }
}

function sentence(message: string): string {
  const text = message.trim()
  if (text === '') return UNFIT
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/**
 * Some schema libraries quote the value in what they say of it. What is too much to compare counts
 * as repeated: a client chooses how many values there are, and how many are wrong.
 */
function repeats(message: string, texts: readonly string[]): boolean {
  return message.length > LONGEST_MESSAGE || texts.length > MOST_TEXTS || texts.some((text) => stands(message, text))
}

const LONGEST_MESSAGE = 1000
const MOST_TEXTS = 1000

/** Every name and every scalar of a value, as text, until there are too many. */
function collect(value: unknown, texts: string[]): void {
  if (texts.length > MOST_TEXTS || value === undefined || value === null) return
  if (Array.isArray(value)) for (const item of value.slice(0, MOST_TEXTS + 1)) collect(item, texts)
  else if (isObject(value)) {
    for (const name of Object.keys(value).slice(0, MOST_TEXTS + 1)) {
      texts.push(name)
      collect(value[name], texts)
    }
  } else texts.push(String(value))
}

/** As a word of its own: the 1 in 10 is no repetition. */
function stands(message: string, text: string): boolean {
  if (text === '') return false
  for (let from = message.indexOf(text); from >= 0; from = message.indexOf(text, from + 1)) {
    if (!WORD.test(message.charAt(from - 1)) && !WORD.test(message.charAt(from + text.length))) return true
  }
  return false
}

const WORD = /[\p{L}\p{N}]/u
