/** Whether every path is a path, and belongs to one resource alone. */
import type { ApiDeclaration, ResourceLike } from '../declaration.ts'
import type { Fault } from '../declaration-error.ts'
import { instead } from '../nearest.ts'

export function* validatePaths(api: ApiDeclaration): Iterable<Fault> {
  const taken = new Map<string, string>(SYSTEM_PATHS.map((path) => [unnamed(path), 'the server']))
  for (const [name, resource] of Object.entries(api.resources)) {
    if (resource.kind === 'collection') yield* validateName(name, Object.keys(api.resources))
    for (const path of pathsOf(name, resource)) {
      if (resource.kind !== 'collection') yield* validatePath(name, path)
      const other = path.startsWith(`${AIDS}/`) ? 'the server' : taken.get(unnamed(path))
      if (other !== undefined)
        yield { where: name, what: `the path ${path} belongs to ${other} already`, instead: 'Choose another' }
      taken.set(unnamed(path), name)
    }
  }
  const paths = [
    ...SYSTEM_PATHS,
    ...Object.entries(api.resources).flatMap(([name, resource]) => pathsOf(name, resource)),
  ]
  for (const [name, resource] of Object.entries(api.resources))
    if (resource.kind === 'moved') yield* validateTarget(name, resource, paths)
}

/** For development only. */
const AIDS = '/.tenfour'
const SYSTEM_PATHS = ['/', '/session', '/keys', '/keys/{id}', '/openapi.json', '/livez', '/readyz', AIDS]

/** Two paths that differ in the names of their variables are one. */
const unnamed = (path: string) => path.replace(/\{[^}]*\}/g, '{}')
const variablesOf = (path: string) => Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name = '']) => name)

function pathsOf(name: string, resource: ResourceLike): string[] {
  if (resource.kind !== 'collection') return [resource.path]
  return [`/${name}`, `/${name}/{id}`, ...Object.keys(resource.actions).map((action) => `/${name}/{id}/${action}`)]
}

/** The name of a collection is part of its path, and of a table, whose name may be read without case. */
function* validateName(name: string, names: readonly string[]): Iterable<Fault> {
  if (!/^[A-Za-z][\w~.-]*$/.test(name))
    yield {
      where: name,
      what: 'its name cannot be part of a path',
      instead: 'Use letters, digits and dashes, a letter first',
    }
  const other = names.slice(0, names.indexOf(name)).find((earlier) => earlier.toLowerCase() === name.toLowerCase())
  if (other !== undefined)
    yield { where: name, what: `differs from ${other} in case alone`, instead: 'Give one another name' }
}

function* validatePath(where: string, path: string): Iterable<Fault> {
  if (!/^(\/([\w~.!$&'()+,;=@-]+|\{[A-Za-z]\w*\}))+$/.test(path))
    yield {
      where,
      what: `"${path}" is no path`,
      instead: 'Write /segments, each plain or one {variable}: /rooms/{room}',
    }
  const variables = variablesOf(path)
  if (new Set(variables).size < variables.length)
    yield { where, what: `"${path}" has two variables of one name`, instead: 'Give each its own' }
}

function* validateTarget(
  where: string,
  { path, to }: ResourceLike & { readonly kind: 'moved' },
  paths: readonly string[],
): Iterable<Fault> {
  const known = variablesOf(path)
  for (const variable of variablesOf(to))
    if (!known.includes(variable))
      yield {
        where,
        what: `{${variable}} of the new path is no variable of ${path}`,
        instead: instead(variable, known, 'Write a path without variables'),
      }
  if (/^https?:\/\//.test(to)) return
  const others = paths.filter((other) => unnamed(other) !== unnamed(path))
  if (unnamed(to) === unnamed(path)) yield { where, what: 'it moved to where it was', instead: 'Name its new path' }
  else if (!others.some((other) => unnamed(other) === unnamed(to)))
    yield { where, what: `${to} is no path of this API`, instead: instead(to, others) }
}
