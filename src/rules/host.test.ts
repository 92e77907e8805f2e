import { describe, expect, test } from 'vitest'
import { parseHost } from './host.ts'

describe('parseHost', () => {
  test.each([
    ['example.com', 'example.com', undefined],
    ['Example.COM:8080', 'example.com', 8080],
    ['example.com:', 'example.com', undefined],
    ['localhost:0', 'localhost', 0],
    ['localhost:65535', 'localhost', 65_535],
    ['127.0.0.1:80', '127.0.0.1', 80],
    ['a%20b_c!', 'a%20b_c!', undefined],
    ['[::1]:4010', '[::1]', 4010],
    ['[::]', '[::]', undefined],
    ['[2001:DB8::1]', '[2001:db8::1]', undefined],
    ['[1:2:3:4:5:6:7:8]', '[1:2:3:4:5:6:7:8]', undefined],
    ['[1:2:3:4:5:6:7::]', '[1:2:3:4:5:6:7::]', undefined],
    ['[::ffff:192.0.2.1]', '[::ffff:192.0.2.1]', undefined],
    ['[1:2:3:4:5:6:192.0.2.1]', '[1:2:3:4:5:6:192.0.2.1]', undefined],
    ['[v1.a:b]', '[v1.a:b]', undefined],
  ])('RFC 9110 §7.2, RFC 3986 §3.2.2: %j', (text, host, port) => {
    expect(parseHost(text)).toEqual({ host, port })
  })

  test.each([
    '',
    ':80',
    'a b',
    'user@host',
    'host:x',
    'host:65536',
    'host:123456',
    'host:-1',
    'a:b:80',
    'host/path',
    'host%zz',
    'höst',
    'a]',
    '[',
    '[]',
    '[::1',
    '[::1]x',
    '[:1]',
    '[1:2:3]',
    '[1:2:3:4:5:6:7:8:9]',
    '[1:2:3:4:5:6:7:8::]',
    '[1::2::3]',
    '[12345::]',
    '[g::]',
    '[192.0.2.1::]',
    '[::192.0.2.1:1]',
    '[::256.0.0.1]',
    '[::1.2.3]',
    '[::1.2.3.4.5]',
    '[v.a]',
  ])('RFC 9110 §7.2, RFC 3986 §3.2.2: %j is malformed', (text) => {
    expect(parseHost(text)).toBeUndefined()
  })
})
