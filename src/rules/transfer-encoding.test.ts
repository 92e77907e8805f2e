import { expect, test } from 'vitest'
import { parseTransferEncoding } from './transfer-encoding.ts'

test.each([
  ['chunked', ['chunked']],
  ['gzip, Chunked', ['gzip', 'chunked']],
  ['foo; a="b,c";d=e , chunked', ['foo', 'chunked']],
  ['chunked, chunked', ['chunked', 'chunked']],
  ['', []],
  ['"chunked"', undefined],
  ['chunked foo', undefined],
  ['foo;a, chunked', undefined],
])('RFC 9112 §6.1: %j is %j', (text, codings) => {
  expect(parseTransferEncoding(text)).toEqual(codings)
})
