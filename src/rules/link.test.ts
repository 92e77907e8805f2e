import { describe, expect, test } from 'vitest'
import { formatLink } from './link.ts'

describe('formatLink', () => {
  test.each([
    [[], ''],
    [[{ target: '/a?page=2', rel: 'next' }], '</a?page=2>; rel="next"'],
    [
      [
        { target: '/a', rel: 'prev' },
        { target: 'https://example.com/b%20c#d', rel: 'help license', type: 'text/html' },
      ],
      '</a>; rel="prev", <https://example.com/b%20c#d>; rel="help license"; type="text/html"',
    ],
    [[{ target: '', rel: 'self', title: 'a "b", c' }], '<>; rel="self"; title="a \\"b\\", c"'],
    [
      [{ target: '/', rel: 'x', title: "l'été (€)*" }],
      '</>; rel="x"; title*=UTF-8\'\'l%27%C3%A9t%C3%A9%20%28%E2%82%AC%29%2A',
    ],
  ])('RFC 8288 §3, RFC 8187: %j is %s', (links, text) => {
    expect(formatLink(links)).toBe(text)
  })

  test.each(['/a b', '/a>; rel="x"', '/é', '/%zz', '/a\n', '/a"'])('%j is no URI reference', (target) => {
    expect(() => formatLink([{ target, rel: 'x' }])).toThrow(TypeError)
  })

  test('an attribute is named by a token', () => {
    expect(() => formatLink([{ target: '/', rel: 'x', 'a b': 'c' }])).toThrow(TypeError)
  })
})
