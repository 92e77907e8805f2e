/**
 * Response fields in the API's description. Which fields a status carries stands in its row and in
 * the rows of the decisions that lead to it; this file knows what each is about.
 */
import type { Json } from './schemas.ts'

interface HeaderFacts {
  readonly description: string
  /** JSON Schema of the value; a string where nothing else is said. */
  readonly schema?: Json
  /** There is a value only at times: whatever rows ask for the field, or unless the status itself demands it. */
  readonly sometimes?: 'anywhere' | 'unlessDemanded'
}

const HEADERS: Readonly<Record<string, HeaderFacts>> = {
  Accept: { description: 'The media types of content that this operation takes.', sometimes: 'anywhere' },
  'Accept-Encoding': { description: 'The content codings taken: none (RFC 9110 §12.5.3).' },
  'Accept-Patch': { description: 'The media types that PATCH takes here (RFC 5789 §3.1).', sometimes: 'anywhere' },
  'Accept-Post': { description: 'The media types that POST takes here.', sometimes: 'anywhere' },
  Allow: { description: 'The methods that the resource has (RFC 9110 §10.2.1).' },
  'Content-Location': {
    description: 'The item that the content represents, and the validators belong to (RFC 9110 §8.7).',
    schema: { type: 'string', format: 'uri-reference' },
  },
  ETag: {
    description: 'The entity tag of the representation: send it in If-Match or If-None-Match (RFC 9110 §8.8.3).',
  },
  'Last-Modified': { description: 'When the item last changed (RFC 9110 §8.8.2).' },
  Link: { description: 'The pages next and prev, where there are any (RFC 8288 §3).' },
  Location: {
    description: 'The address of what was created, or to go to (RFC 9110 §10.2.2).',
    schema: { type: 'string', format: 'uri-reference' },
    sometimes: 'unlessDemanded',
  },
  'Preference-Applied': { description: 'The preference that was honoured (RFC 7240 §3).' },
  'Request-Id': { description: 'The reference of this request: quote it when you report a problem.' },
  'Retry-After': {
    description: 'Seconds after which trying again makes sense (RFC 9110 §10.2.3).',
    schema: { type: 'integer', minimum: 0 },
  },
  'WWW-Authenticate': { description: 'The challenge: how to show who is calling (RFC 9110 §11.6.1).' },
}

/** The Header Objects that are in use. A reference cannot add `required`, so a field that is optional somewhere has two. */
export class HeaderComponents {
  readonly components: Record<string, Json> = {}

  /** A Reference Object to the field. */
  use(name: string, required: boolean): Json {
    const component = required ? name : `${name}-optional`
    const { description, schema = { type: 'string' } } = HEADERS[name] ?? { description: name }
    this.components[component] = { description, ...(required && { required }), schema }
    return { $ref: `#/components/headers/${component}` }
  }
}

/** Is there always a value for this field? `demanded`: the row of the status asks for it, not only a decision's. */
export function isSure(name: string, demanded: boolean): boolean {
  const sometimes = HEADERS[name]?.sometimes
  return sometimes === undefined || (sometimes === 'unlessDemanded' && demanded)
}
