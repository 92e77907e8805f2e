import { describe, expect, test } from 'vitest'
import { Gate } from './gate.ts'
import { Unavailable } from '../fault.ts'

const OPTIONS = { atOnce: 2, waiting: 3, retryAfter: 5 }

/** Work that ends when it is told to, and what is known of it meanwhile. */
function works(gate: Gate) {
  const order: number[] = []
  const ends: (() => void)[] = []
  const enter = (n: number) =>
    gate.pass(() => {
      order.push(n)
      return new Promise<number>((resolve) => ends.push(() => resolve(n)))
    })
  return { order, ends, enter }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a gate', () => {
  test('two at once, the rest in order of arrival', async () => {
    const { order, ends, enter } = works(new Gate(OPTIONS))
    const all = [1, 2, 3, 4, 5].map(enter)
    await turn()
    expect(order).toEqual([1, 2])
    ends[1]?.()
    await turn()
    expect(order).toEqual([1, 2, 3])
    for (let at = 0; at < 5; at++) {
      ends[at]?.()
      await turn()
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5])
    expect(order).toEqual([1, 2, 3, 4, 5])
  })

  test('more than may wait are turned away, and told when to come back', async () => {
    const { ends, enter } = works(new Gate(OPTIONS))
    const all = [1, 2, 3, 4, 5].map(enter)
    const refused = await enter(6).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Unavailable)
    expect(refused).toMatchObject({ retryAfter: 5 })
    for (let at = 0; at < 5; at++) {
      ends[at]?.()
      await turn()
    }
    await Promise.all(all)
  })

  test('work that fails leaves its place to the next', async () => {
    const gate = new Gate({ ...OPTIONS, atOnce: 1 })
    const failing = gate.pass(() => Promise.reject(new Error('broken')))
    const next = gate.pass(() => Promise.resolve('done'))
    await expect(failing).rejects.toThrow('broken')
    expect(await next).toBe('done')
    expect(await gate.pass(() => Promise.resolve('again'))).toBe('again')
  })
})
