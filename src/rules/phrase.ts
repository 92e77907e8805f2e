/** Several words as one phrase: `a, b or c`. */
export function either(words: readonly (string | number)[]): string {
  return listed(words, 'or')
}

/** `a, b and c` */
export function all(words: readonly (string | number)[]): string {
  return listed(words, 'and')
}

function listed(words: readonly (string | number)[], last: 'or' | 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
