/**
 * Content negotiation: Accept and Accept-Encoding (RFC 9110 §12.5.1, §12.5.3).
 *
 * The most specific range that fits decides the weight of an offer, and weight 0 rules it out. Between equal weights
 * the order of the offers decides. A field that is absent, empty or malformed is disregarded (RFC 9110 §12.4.1).
 */
import { parseList } from './list.ts'
import { parseMediaType, type MediaType } from './media-type.ts'
import { endOfToken } from './token.ts'
import { parseParameters } from './parameters.ts'
import { remember } from './remember.ts'

/** `*` stands for any type or subtype. The parameters include `q`, wherever it stood. */
export interface MediaRange extends MediaType {
  /** 0 to 1. */
  readonly weight: number
}

/** Every range of the field, or undefined when one of them is malformed. */
export function parseAccept(text: string): MediaRange[] | undefined {
  const ranges: MediaRange[] = []
  for (const member of parseList(text)) {
    const range = parseMediaType(member)
    const weight = parseWeight(range?.parameters['q'])
    if (range === undefined || weight === undefined || (range.type === '*' && range.subtype !== '*')) return undefined
    ranges.push({ ...range, weight })
  }
  return ranges
}

/** Which of the offered media types to send; undefined when the client takes none of them. */
export function preferred(field: string | undefined, offered: readonly string[]): string | undefined {
  if (field === undefined || field === '*/*') return offered[0]
  if (offered.includes(field)) return field
  const ranges = rangesOf(field)
  if (ranges === undefined || ranges.length === 0) return offered[0]
  let best: string | undefined
  let bestWeight = 0
  for (const offer of offered) {
    const weight = weightOf(offer, ranges)
    if (weight > bestWeight) {
      best = offer
      bestWeight = weight
    }
  }
  return best
}

/** May a response come without a content coding? Only `identity;q=0`, or `*;q=0` with no word on identity, forbids it. */
export function identityAcceptable(field: string | undefined): boolean {
  let anyOther = 1
  for (const member of field === undefined ? [] : parseList(field)) {
    const end = endOfToken(member, 0)
    const weight = parseWeight(parseParameters(member, end)?.['q'])
    const coding = member.slice(0, end).toLowerCase()
    if (coding === 'identity' && weight !== undefined) return weight > 0
    if (coding === '*' && weight !== undefined) anyOther = weight
  }
  return anyOther > 0
}

const rangesOf = remember(parseAccept)
const typeOf = remember(parseMediaType)

/** RFC 9110 §12.4.2: at most three decimals; without one, 1. */
function parseWeight(text: string | undefined): number | undefined {
  if (text === undefined) return 1
  return WEIGHT.test(text) ? Number(text) : undefined
}

const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/

function weightOf(offer: string, ranges: readonly MediaRange[]): number {
  const type = typeOf(offer)
  if (type === undefined) throw new TypeError(`not a media type: ${offer}`)
  let weight = 0
  let most = -1
  for (const range of ranges) {
    const specific = specificity(range, type)
    if (specific > most) {
      most = specific
      weight = range.weight
    }
  }
  return weight
}

/** -1 when the type is not in the range. Each parameter makes a range more specific than any without. */
function specificity(range: MediaRange, type: MediaType): number {
  if (range.type === '*') return 0
  if (range.type !== type.type) return -1
  if (range.subtype === '*') return 1
  if (range.subtype !== type.subtype) return -1
  let score = 2
  for (const name in range.parameters) {
    if (name === 'q') continue
    if (!agrees(name, range.parameters[name], type.parameters[name])) return -1
    score++
  }
  return score
}

/** A charset asked for of a type that has none is not missed: many clients write one after application/json (RFC 8259 §11). */
function agrees(name: string, asked: string | undefined, offered: string | undefined): boolean {
  if (name !== 'charset') return asked === offered
  return offered === undefined || asked?.toLowerCase() === offered.toLowerCase()
}
