import { describe, expect, test } from 'vitest'
import { networkOf } from './network.ts'

describe('the network of an address (RFC 4291 §2.2)', () => {
  test.each([
    ['', ''],
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff:4:5:7', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
