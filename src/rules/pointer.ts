/**
 * JSON Pointer (RFC 6901): where in the content, as `/a/b`.
 */

/** The path as a pointer, as a string and not as a URI fragment. The empty path is the whole content: ''. */
export function formatPointer(path: readonly (string | number | symbol)[]): string {
  let pointer = ''
  for (const segment of path) pointer += `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`
  return pointer
}
