/**
 * What types cannot see of a declaration, or plain JavaScript did not look at: checked once, at
 * start, and everything at once. What passes here can be compiled and served.
 */
import { parseOrigin } from '../../../rules/origin.ts'
import type { ApiDeclaration } from '../declaration.ts'
import { DeclarationError, type Fault } from '../declaration-error.ts'
import { describesItself, jsonSchema } from '../json-schema.ts'
import { validateAccounts } from './accounts.ts'
import { collectionsOf } from '../collections.ts'
import { validateCollection } from './collection.ts'
import { validatePaths } from './paths.ts'
import { validateResource } from './resource.ts'

/** Throws a `DeclarationError` that names everything that is wrong. */
export function validateDeclaration(api: ApiDeclaration): void {
  const faults = [...faultsOf(api)]
  if (faults.length > 0) throw new DeclarationError(faults)
}

/** What works, but less well than it could: a line each. */
export function noticesOf(api: ApiDeclaration): readonly string[] {
  return collectionsOf(api).flatMap(([name, { fields }]) =>
    Object.entries(fields).flatMap(([member, { schema }]) => {
      if (jsonSchema(schema, 'output') !== undefined) return []
      const why = describesItself(schema)
        ? 'its values cannot be said in JSON Schema (a transformation, a date?)'
        : `its library, ${schema['~standard'].vendor}, does not describe schemas in JSON Schema by itself (wrap the schema, as toStandardJsonSchema of @valibot/to-json-schema does)`
      return [`${name}.${member}: ${why}, so it is stored as JSON and the API's description says nothing of it`]
    }),
  )
}

function* faultsOf(api: ApiDeclaration): Iterable<Fault> {
  yield* validatePaths(api)
  yield* validateAccounts(api)
  for (const [name, resource] of Object.entries(api.resources)) {
    if (resource.kind === 'collection') yield* validateCollection(api, name, resource)
    if (resource.kind === 'resource') yield* validateResource(api, name, resource)
  }
  yield* validateOptions(api)
}

function* validateOptions({ limits, origins = [], cors }: ApiDeclaration): Iterable<Fault> {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1)
      yield {
        where: `options.limits.${name}`,
        what: 'is no whole number from 1',
        instead: 'Leave it out for the default',
      }
  }
  for (const origin of origins) if (parseOrigin(origin) === undefined) yield noOrigin('origins', origin)
  const allowed = cors === undefined || cors.origins === '*' ? [] : cors.origins
  for (const origin of allowed) if (!isAsBrowsersSendIt(origin)) yield noOrigin('cors.origins', origin)
}

const noOrigin = (where: string, origin: string): Fault => ({
  where: `options.${where}`,
  what: `"${origin}" is no origin`,
  instead: 'Write scheme, host and port alone: https://news.example or http://localhost:5173',
})

/** RFC 6454 §6.2; for the field Origin is compared as it is sent. */
function isAsBrowsersSendIt(text: string): boolean {
  try {
    return new URL(text).origin === text
  } catch {
    return false
  }
}
