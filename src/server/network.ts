/** Whose requests are counted together: an address of IPv4, a network of IPv6 (RFC 4291 §2.2). */
import { remember } from '../rules/remember.ts'

/** Whoever has one address of IPv6 has the other 2⁶⁴ of its network as well. An unknown address, `''`, stays as it is. */
export const networkOf: (address: string) => string = remember((address) => {
  if (!address.includes(':')) return address
  const embedded = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (embedded !== undefined) return embedded
  const [start = '', end] = (address.split('%')[0] ?? '').split('::')
  const groups = start === '' ? [] : start.split(':')
  const known = groups.length + (end === undefined || end === '' ? 0 : end.split(':').length)
  const zeros = end === undefined ? 0 : 8 - known
  return [...groups, ...Array<string>(zeros).fill('0'), ...(end ?? '').split(':')].slice(0, 4).join(':')
})
