/** What responses of the API's description share: their fields, and every problem as it is first described. */
import { HeaderComponents } from './headers.ts'
import { claim } from './names.ts'
import type { Json } from './schemas.ts'

export class ResponseComponents {
  readonly headers = new HeaderComponents()
  readonly responses: Record<string, Json> = {}
  readonly #names = new Map<string, string>()
  readonly #taken = new Set<string>()

  /** A Reference Object to a response; one with the same text has the same name. */
  use(response: Json, name: string): Json {
    const text = JSON.stringify(response)
    const known = this.#names.get(text) ?? claim(name, this.#taken)
    this.#names.set(text, known)
    this.responses[known] = response
    return { $ref: `#/components/responses/${known}` }
  }
}
