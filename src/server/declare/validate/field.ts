/** Whether a member can be kept, and whether the facts about it agree with each other. */
import type { ApiDeclaration, CollectionDeclaration, FieldFacts } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { guardsOf, isAllowed } from '../rule.ts'
import {
  columnType,
  defaultOf,
  describesItself,
  isNullable,
  isOptional,
  isSchema,
  takesNoJson,
} from '../json-schema.ts'
import { instead } from '../nearest.ts'
import { collectionNames } from '../collections.ts'
import { isRole, rolesOf, rolesOfCallers } from './rule.ts'

export function* validateField(
  api: ApiDeclaration,
  collection: string,
  declaration: CollectionDeclaration,
  name: string,
  facts: FieldFacts,
): Iterable<Fault> {
  const where = `${collection}.${name}`
  const fault = (what: string, advice: string): Fault => ({ where, what, instead: advice })
  if (RESERVED.has(name)) yield fault('is made by the server', 'Give it another name')
  else if (!/^[A-Za-z]\w*$/.test(name))
    yield fault('is no name for a member', 'Use letters, digits and _, a letter first')
  if (!isSchema(facts.schema)) {
    yield fault('has no schema', 'Write any Standard Schema: z.string(), v.string(), type("string")')
    return
  }
  if (isOptional(facts.schema) && isNullable(facts.schema))
    yield fault('may be both absent and null, which mean the same to nobody', 'Write either optional or nullable')
  if (takesNoJson(facts.schema)) yield fault('takes what no JSON value is', 'Use z.iso.date(), z.int() or z.string()')
  yield* validateKeeping(api, where, declaration, facts)
  yield* validateRoles(api, where, facts)
  yield* validateReference(api, where, declaration, facts)
}

const RESERVED: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt', 'password'])

/** Whether it can be stored, and set by somebody. */
function* validateKeeping(
  api: ApiDeclaration,
  where: string,
  { allow, before }: CollectionDeclaration,
  facts: FieldFacts,
): Iterable<Fault> {
  const { schema, unique, readOnly, setBy, hidden, readBy } = facts
  const type = columnType(schema)
  const wrap = describesItself(schema) ? '' : ', or wrap the schema so that it describes itself in JSON Schema'
  if (unique !== undefined && type === 'json')
    yield { where, what: 'is unique and no text, number or boolean', instead: `Make it one${wrap}` }
  if (unique?.fold === true && type !== 'text' && type !== 'json')
    yield { where, what: 'is compared without case and is no text', instead: 'Leave fold out' }
  if (readOnly && setBy !== undefined)
    yield { where, what: 'is set by the server only, and by some roles', instead: 'Write either readOnly or setBy' }
  if (hidden && readBy !== undefined)
    yield { where, what: 'is never sent, and sent to some roles', instead: 'Write either hidden or readBy' }
  const absent = isOptional(schema) || defaultOf(schema) !== undefined
  if (readOnly && !absent && isAllowed(allow.create) && before.create === undefined)
    yield {
      where,
      what: 'is set by the server only, and nothing sets it where an item is created',
      instead: 'Give it a default, make it optional, or set it in before.create',
    }
  const creators = guardsOf(allow.create).flatMap((guard): readonly unknown[] =>
    guard === 'signedIn' ? rolesOfCallers(api) : [guard],
  )
  if (setBy !== undefined && !absent && creators.some((guard) => !setBy.some((role) => role === guard)))
    yield {
      where,
      what: 'is needed of whoever may create an item, and only some of them may set it',
      instead: `Give it a default, make it optional, or allow create to ${setBy.join(', ')}`,
    }
}

function* validateRoles(api: ApiDeclaration, where: string, { setBy = [], readBy = [] }: FieldFacts): Iterable<Fault> {
  for (const role of new Set([...setBy, ...readBy])) {
    if (api.accounts === undefined)
      yield {
        where,
        what: `"${role}" is no role, since there are no accounts`,
        instead: "Declare them: accounts: { in: 'users', … }",
      }
    else if (!isRole(api, role))
      yield {
        where,
        what: `"${role}" is no role`,
        instead: instead(role, rolesOf(api), 'Use what the role member takes'),
      }
  }
}

function* validateReference(
  api: ApiDeclaration,
  where: string,
  { allow }: CollectionDeclaration,
  { schema, ref, owner }: FieldFacts,
): Iterable<Fault> {
  if (ref === undefined) return
  const names = collectionNames(api)
  if (!names.includes(ref.collection))
    yield { where, what: `"${ref.collection}" is no collection`, instead: instead(ref.collection, names) }
  if (owner !== true) return
  if (api.accounts === undefined)
    yield {
      where,
      what: 'an owner is an account, and there are none',
      instead: "Declare them (accounts: { in: 'users', … }), or write ref(…)",
    }
  else if (api.accounts.in !== ref.collection)
    yield {
      where,
      what: `an owner is an account, and accounts are in ${api.accounts.in}, not in ${ref.collection}`,
      instead: `Write owner('${api.accounts.in}'), or ref(…)`,
    }
  if (guardsOf(allow.create).includes('anyone') && !isOptional(schema))
    yield {
      where,
      what: 'anyone may create an item, so there may be nobody to own it',
      instead: `Write owner('${ref.collection}', { optional: true }), or allow create to signedIn`,
    }
}
