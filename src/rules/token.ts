/**
 * Tokens and white space, the smallest parts of field values (RFC 9110 §5.6.2, §5.6.3).
 */

/** Is the whole text one token? */
export function isToken(text: string): boolean {
  return text !== '' && endOfToken(text, 0) === text.length
}

/** Where the token that starts at `at` ends; `at` itself when there is none. */
export function endOfToken(text: string, at: number): number {
  let end = at
  while (isTokenCharacter(text.charCodeAt(end))) end++
  return end
}

/** The first place from `at` on that is neither space nor tab. Optional and bad white space are skipped alike. */
export function skipSpace(text: string, at: number): number {
  let end = at
  while (isSpace(text.charCodeAt(end))) end++
  return end
}

function isSpace(code: number): boolean {
  return code === SPACE || code === TAB
}

const SPACE = 0x20
const TAB = 0x09

const TOKEN_CHARACTERS = new Uint8Array(128)
for (const character of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOKEN_CHARACTERS[character.charCodeAt(0)] = 1
}

/** Past the end of a text the code is NaN, which is no token character. */
function isTokenCharacter(code: number): boolean {
  return TOKEN_CHARACTERS[code] === 1
}
