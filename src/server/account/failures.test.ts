import { describe, expect, test } from 'vitest'
import { LoginFailures } from './failures.ts'

const T = 1_700_000_000_000

function failing(times: number, account = 'ann@x.org', address = '10.0.0.1', now = T, most = 10): LoginFailures {
  const failures = new LoginFailures(most)
  for (let n = 0; n < times; n++) failures.begin(account, address, now)
  return failures
}

describe('failed logins (RFC 6585 §4)', () => {
  test('ten in a minute are let through, the eleventh is not', () => {
    expect(failing(9).mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(true)
    expect(failing(10).mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(false)
  })

  test('as many as are declared', () => {
    expect(failing(10, 'ann@x.org', '10.0.0.1', T, 11).mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(true)
    expect(failing(11, 'ann@x.org', '10.0.0.1', T, 11).mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(false)
  })

  test('retryAfter says in whole seconds when the minute is over, and then it is', () => {
    const failures = failing(10)
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T + 100)).toEqual({ allowed: false, retryAfter: 60 })
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T + 59_001)).toEqual({ allowed: false, retryAfter: 1 })
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T + 60_000).allowed).toBe(true)
    failures.begin('ann@x.org', '10.0.0.1', T + 60_000)
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T + 60_000).allowed).toBe(true)
  })

  test('an attempt that succeeds is forgiven; one under way counts', () => {
    const failures = failing(9)
    const forgive = failures.begin('ann@x.org', '10.0.0.1', T)
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(false)
    forgive()
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(true)
  })

  test.each([
    ['another account', 'bob@x.org', '10.0.0.1', true],
    ['another address', 'ann@x.org', '10.0.0.2', true],
    ['the account in capitals', 'ANN@X.ORG', '10.0.0.1', false],
    ['the address embedded in IPv6', 'ann@x.org', '::ffff:10.0.0.1', false],
  ])('%s', (_, account, address, allowed) => {
    expect(failing(10).mayTry(account, address, T).allowed).toBe(allowed)
  })

  test('a clock that is set back lengthens nothing: the minute begins anew, once', () => {
    const failures = failing(10)
    const before = T - 3_600_000
    expect(failures.mayTry('ann@x.org', '10.0.0.1', before)).toEqual({ allowed: false, retryAfter: 60 })
    expect(failures.mayTry('ann@x.org', '10.0.0.1', before + 59_001)).toEqual({ allowed: false, retryAfter: 1 })
    expect(failures.mayTry('ann@x.org', '10.0.0.1', before + 60_000).allowed).toBe(true)
    failures.begin('ann@x.org', '10.0.0.1', before + 60_000)
    expect(failures.mayTry('ann@x.org', '10.0.0.1', before + 60_000).allowed).toBe(true)
  })

  test('memory is bounded: the oldest are forgotten first', () => {
    const failures = failing(10)
    for (let n = 0; n < 9_998; n++) failures.begin(`account ${n}`, '10.0.0.1', T)
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(false)
    failures.begin('one more', '10.0.0.1', T)
    failures.begin('and another', '10.0.0.1', T)
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(true)
  })

  test('attempts that were taken back push out no count', () => {
    const failures = failing(10)
    for (let n = 0; n < 20_000; n++) failures.begin(`account ${n}`, '10.0.0.1', T)()
    expect(failures.mayTry('ann@x.org', '10.0.0.1', T).allowed).toBe(false)
  })
})
