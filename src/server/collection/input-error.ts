/**
 * What can be wrong with a member, in words for people and a code for programs.
 *
 * Codes are stable. No value that was sent is repeated: it may be a secret.
 */
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { formatPointer, type ProblemError } from '../../rules/index.ts'
import { isObject } from './json-value.ts'

type Issue = StandardSchemaV1.Issue

const UNKEPT = 'Text holds no NUL and no half of a surrogate pair, and numbers are finite.'

export const INPUT_ERROR = {
  noObject: () => ({ pointer: '', detail: 'The content is an object, with a member for each fact.', code: 'invalid' }),
  unknown: (name: string) => at(name, 'There is no member of this name.', 'unknown_member'),
  required: (name: string) => at(name, 'This member is required.', 'required'),
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

/** What a schema finds wrong with a member. `value` is what was checked, so that nothing of it is repeated. */
export function schemaErrors(name: string, issues: readonly Issue[], value: unknown): ProblemError[] {
  return issues.map((issue) => schemaError([name], issue, value))
}

/** What a schema finds wrong with the content as a whole. */
export function contentErrors(issues: readonly Issue[], value: unknown): ProblemError[] {
  return issues.map((issue) => schemaError([], issue, value))
}

function schemaError(under: readonly string[], { message, path = [] }: Issue, value: unknown): ProblemError {
  // Not `path.map`: a path may be a subclass of Array whose constructor takes something else than a length.
  const keys = Array.from(path, (segment) => (typeof segment === 'object' ? segment.key : segment))
  return {
    pointer: formatPointer([...under, ...keys]),
    detail: repeats(message, value) ? UNFIT : sentence(message),
    code: 'invalid',
  }
}

const UNFIT = 'The value does not fit its declaration.'

function at(name: string, detail: string, code: string): ProblemError {
  return { pointer: formatPointer([name]), detail, code }
}

function sentence(message: string): string {
  const text = message.trim()
  if (text === '') return UNFIT
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** Some schema libraries quote the value in what they say of it. */
function repeats(message: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => repeats(message, item))
  if (isObject(value))
    return Object.entries(value).some(([name, member]) => stands(message, name) || repeats(message, member))
  return value !== undefined && value !== null && stands(message, String(value))
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
