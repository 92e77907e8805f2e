import { scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { hashPassword, isCurrent, verifyPassword } from './password.ts'
import { Unavailable } from '../fault.ts'

/** As an earlier release would have stored it, at a cost of its own. */
function stored(password: string, ln: number, r: number, p: number): string {
  const salt = Buffer.alloc(16, 7)
  const key = scryptSync(password, salt, 32, { N: 2 ** ln, r, p, maxmem: 2 ** 28 })
  const text = (octets: Buffer) => octets.toString('base64').replace(/=+$/, '')
  return `$scrypt$ln=${ln},r=${r},p=${p}$${text(salt)}$${text(key)}`
}

describe('passwords (RFC 7914)', () => {
  test('the right one is right, any other is not, and no two hashes are alike', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z\d+/]{22}\$[A-Za-z\d+/]{43}$/)
    expect(one).not.toBe(two)
    expect(isCurrent(one)).toBe(true)
    expect(await verifyPassword('correct horse', one)).toBe(true)
    expect(await verifyPassword('correct Horse', one)).toBe(false)
    expect(await verifyPassword('', one)).toBe(false)
  })

  test('a hash of another cost is verified at its own, and is not current', async () => {
    const old = stored('correct horse', 12, 8, 1)
    expect(await verifyPassword('correct horse', old)).toBe(true)
    expect(await verifyPassword('wrong horse', old)).toBe(false)
    expect(isCurrent(old)).toBe(false)
  })

  test('the same characters in another encoding are the same password (RFC 8265 §4.2.2)', async () => {
    expect(await verifyPassword('caf\u00e9 au lait', await hashPassword('cafe\u0301 au lait'))).toBe(true)
  })

  test('where nothing is stored the answer is no', async () => {
    expect(await verifyPassword('anything at all', undefined)).toBe(false)
  })

  test('a stored hash in no known form is a fault, not a wrong password', async () => {
    await expect(verifyPassword('correct horse', 'plain')).rejects.toThrow(TypeError)
  })

  test('too many at once: Unavailable, and the others are served', async () => {
    const cheap = stored('correct horse', 10, 8, 1)
    const asked = await Promise.allSettled(Array.from({ length: 40 }, () => verifyPassword('correct horse', cheap)))
    const refused = asked.filter((one) => one.status === 'rejected')
    expect(asked.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(34)
    expect(refused).toHaveLength(6)
    for (const { reason } of refused) expect(reason).toBeInstanceOf(Unavailable)
  })
})
