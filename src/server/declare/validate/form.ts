/**
 * What every builder found wrong with the form of what it was given: unknown options, values of
 * another kind. Told before anything is asked about meaning, which one misspelt option can change.
 */
import { isObject } from '../../../rules/merge-patch.ts'
import type { ResourceLike } from '../declaration.ts'
import { DeclarationError, type Fault } from '../declaration-error.ts'
import { faultsUnder } from '../form.ts'

/** Throws a `DeclarationError` that names everything that is wrong with the form. */
export function validateForm(resources: unknown, ofOptions: readonly Fault[] = []): void {
  const faults = [
    ...(isObject(resources) && !isDeclared(resources)
      ? Object.entries(resources).flatMap(([name, resource]) => formFaults(name, resource))
      : [UNNAMED]),
    ...faultsUnder('options', ofOptions),
  ]
  if (faults.length > 0) throw new DeclarationError(faults)
}

const UNNAMED: Fault = {
  where: 'defineApi',
  what: 'takes an object of collections and resources by name',
  instead: 'Write defineApi({ articles })',
}

function formFaults(name: string, resource: unknown): readonly Fault[] {
  if (!isDeclared(resource))
    return [
      {
        where: name,
        what: 'is nothing that can be served',
        instead: "Write collection(…), resource('/path', …), moved('/old', '/new') or gone('/path')",
      },
    ]
  const members = resource.kind === 'collection' ? Object.entries(resource.fields) : []
  return [
    ...faultsUnder(name, resource.faults),
    ...members.flatMap(([member, { faults }]) => faultsUnder(`${name}.${member}`, faults)),
  ]
}

/** An outcome of `load` has the kind of a declaration, and no path. */
function isDeclared(resource: unknown): resource is ResourceLike {
  const { kind, path } = Object(resource) as { readonly kind?: unknown; readonly path?: unknown }
  return kind === 'collection' || (['resource', 'moved', 'gone'].includes(String(kind)) && typeof path === 'string')
}
