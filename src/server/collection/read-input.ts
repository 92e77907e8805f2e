/**
 * From content to what is written: every member judged, every fault named at once.
 *
 * - Create: a member that is left out gets its default, and the owner is the caller.
 * - Replace (PUT, RFC 9110 §9.3.4): a member that is left out becomes absent if it may be, and is
 *   missed if it may not. What the caller may not set, cannot see, or need never have sent because
 *   it has a default keeps its stored value: a default belongs to creation, and leaving out a role
 *   must not reset it.
 * - Modify (PATCH, RFC 7396): members that are left out stay; null takes an optional one away. What is sent of a member
 *   that the caller cannot see is all of it.
 *
 * A member sent as it is stored is always accepted, so that reading, changing and writing back
 * works. Only members that differ are validated and written: defaults never reset what is stored,
 * and a transformation is not applied twice.
 */
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ProblemError } from '../../rules/index.ts'
import { isObject, mergePatch } from '../../rules/merge-patch.ts'
import type { PasswordMember } from '../account/member.ts'
import type { Input } from './input.ts'
import { INPUT_ERROR, MOST_ERRORS, reservedErrors, schemaErrors } from './input-error.ts'
import { timestamp, type ItemView } from './item-view.ts'
import { isStorable, sameValue } from './json-value.ts'
import { maySet, type Member, SERVER_MADE } from './member.ts'
import type { Caller, Eventually, Reading } from '../operation.ts'
import type { Row, Value } from '../storage.ts'
import { unknownMembers } from './unknown-member.ts'

export type Mode = 'create' | 'replace' | 'modify'

export interface InputContext {
  readonly members: ReadonlyMap<string, Member>
  readonly view: ItemView
  readonly password: PasswordMember | undefined
}

/** `stored` is what the content is to replace or modify; undefined where it makes a new item, whose id may be given. */
export function readInput(
  context: InputContext,
  mode: Mode,
  json: unknown,
  caller: Caller | undefined,
  stored: Row | undefined,
  id?: string,
): Eventually<Reading> {
  if (!isObject(json)) return { errors: [INPUT_ERROR.noObject()], forbidden: [], value: undefined }
  return new Judge(context, stored === undefined ? 'create' : mode, caller, stored, id).read(json)
}

class Judge {
  readonly #context: InputContext
  readonly #mode: Mode
  readonly #caller: Caller | undefined
  readonly #stored: Row | undefined
  readonly #id: string | undefined
  readonly #variant: number
  readonly #errors: ProblemError[] = []
  readonly #forbidden: ProblemError[] = []
  readonly #values: Record<string, Value> = {}
  readonly #waiting: Promise<void>[] = []

  constructor(
    context: InputContext,
    mode: Mode,
    caller: Caller | undefined,
    stored: Row | undefined,
    id: string | undefined,
  ) {
    this.#context = context
    this.#mode = mode
    this.#caller = caller
    this.#stored = stored
    this.#id = id
    this.#variant = context.view.variantOf(caller)
  }

  read(sent: Readonly<Record<string, unknown>>): Eventually<Reading> {
    const { members, password } = this.#context
    for (const member of members.values()) {
      if (Object.hasOwn(sent, member.name)) this.#present(member, sent[member.name])
      else if (this.#mode !== 'modify') this.#absent(member)
    }
    for (const name of Object.keys(sent)) {
      if (isServerMade(name)) this.#serverMade(name, sent[name])
      else if (name === password?.name) this.#password(password, sent[name])
      else if (!members.has(name) && this.#errors.length < MOST_ERRORS) this.#errors.push(INPUT_ERROR.unknown(name))
    }
    const reading: Reading = {
      errors: this.#errors,
      forbidden: this.#forbidden,
      value: {
        values: this.#values,
        password: password === undefined ? undefined : sent[password.name],
      } satisfies Input,
    }
    return this.#waiting.length === 0 ? reading : Promise.all(this.#waiting).then(() => reading)
  }

  #absent(member: Member): void {
    const { name } = member
    const stored = this.#stored?.values[name]
    if (this.#stored === undefined) this.#initial(member)
    else if (
      !maySet(member, this.#caller) ||
      member.facts.owner === true ||
      !this.#context.view.shows(this.#variant, name)
    )
      return
    else if (member.optional) this.#write(member, undefined)
    else if (member.initial === undefined) this.#errors.push(INPUT_ERROR.required(name))
    else if (stored === undefined) this.#initial(member)
  }

  /** The value of a member that is left out of a new item. */
  #initial(member: Member): void {
    const { name, facts } = member
    if (facts.owner === true && this.#caller !== undefined) this.#values[name] = this.#caller.id
    else if (facts.readOnly === true || facts.owner === true) {
      if (member.initial !== undefined) this.#values[name] = member.initial
      else if (!member.optional && facts.readOnly !== true) this.#errors.push(INPUT_ERROR.required(name))
    } else this.#validate(member, undefined)
  }

  #present(member: Member, value: unknown): void {
    const { name, facts } = member
    const wanted = this.#mode === 'modify' ? patched(member, this.#seen(name), value) : value
    if (this.#isKnown(member, wanted)) {
      if (this.#stored === undefined) this.#values[name] = wanted
    } else if (facts.readOnly === true) this.#errors.push(INPUT_ERROR.readOnly(name))
    else if (!maySet(member, this.#caller)) this.#forbidden.push(INPUT_ERROR.notAllowed(name))
    else if (wanted !== undefined) this.#validate(member, wanted, value)
    else if (member.optional) this.#write(member, undefined)
    else this.#errors.push(INPUT_ERROR.notRemovable(name))
  }

  /** What is stored, as the caller is shown it: merged into what nobody shows, a patch would be judged by what is secret. */
  #seen(name: string): Value {
    return this.#context.view.shows(this.#variant, name) ? this.#stored?.values[name] : undefined
  }

  /**
   * Is it what the server would have anyway, so that sending it changes nothing? A member that is
   * not shown is never known: else its value could be found out by guessing.
   */
  #isKnown({ name, facts, initial }: Member, value: unknown): boolean {
    if (!this.#context.view.shows(this.#variant, name)) return false
    if (this.#stored !== undefined) return sameValue(value, this.#stored.values[name])
    if (facts.owner === true) return this.#caller !== undefined && value === this.#caller.id
    return initial !== undefined && sameValue(value, initial)
  }

  #serverMade(name: (typeof SERVER_MADE)[number], value: unknown): void {
    const stored = this.#stored
    const known =
      name === 'id'
        ? (stored?.id ?? this.#id)
        : stored && timestamp(name === 'createdAt' ? stored.createdAt : stored.version)
    if (known === undefined || value !== known) this.#errors.push(INPUT_ERROR.readOnly(name))
  }

  #password(password: PasswordMember, value: unknown): void {
    this.#errors.push(...password.check(value))
    if (!password.mayChange(this.#caller, this.#stored?.id)) this.#forbidden.push(INPUT_ERROR.notAllowed(password.name))
  }

  /** `sent`: of a patch, the part of the value that the client has written. */
  #validate(member: Member, value: unknown, sent = value): void {
    if (!isStorable(value)) {
      this.#errors.push(INPUT_ERROR.unkept(member.name))
      return
    }
    this.#errors.push(...reservedErrors([member.name], value))
    const result = member.facts.schema['~standard'].validate(value)
    if (result instanceof Promise)
      this.#waiting.push(result.then((settled) => this.#take(member, value, sent, settled)))
    else this.#take(member, value, sent, result)
  }

  #take(member: Member, value: unknown, sent: unknown, result: StandardSchemaV1.Result<unknown>): void {
    if (result.issues === undefined) {
      if (member.shape !== undefined)
        this.#errors.push(...unknownMembers(member.shape, sent, result.value, [member.name]))
      this.#write(member, result.value)
    } else if (value === undefined) this.#errors.push(INPUT_ERROR.required(member.name))
    else this.#errors.push(...schemaErrors(member.name, result.issues, value, member.shape))
  }

  /** What the caller is not shown is written also where it is stored already: no new version would confirm a guess. */
  #write({ name }: Member, value: unknown): void {
    const changes =
      this.#stored === undefined
        ? value !== undefined
        : !this.#context.view.shows(this.#variant, name) || !sameValue(value, this.#stored.values[name])
    if (changes) this.#values[name] = value
  }
}

/** What a member comes to when a merge patch says `value` of it; `undefined`: it is taken away. */
function patched({ nullable }: Member, stored: unknown, value: unknown): unknown {
  if (value === null) return nullable ? null : undefined
  return mergePatch(stored, value)
}

function isServerMade(name: string): name is (typeof SERVER_MADE)[number] {
  return (SERVER_MADE as readonly string[]).includes(name)
}
