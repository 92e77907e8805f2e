/** How much each network has of something that all share, so that none can have it all. */
import { networkOf } from './network.ts'

/** What one network has at present. */
export interface Share {
  held: number
}

/** Networks kept in mind before those that have nothing are forgotten. */
const ROOM = 1024

export class Shares {
  readonly #shares = new Map<string, Share>()
  #room = ROOM

  /** Takes one for whoever has this address. Those who cannot be told apart (`''`) are not limited together. */
  claim(address: string): Share {
    const share = address === '' ? { held: 0 } : this.#of(networkOf(address))
    share.held++
    return share
  }

  release(share: Share): void {
    share.held--
  }

  /** What the network of this address has. */
  held(address: string): number {
    return this.#shares.get(networkOf(address))?.held ?? 0
  }

  #of(network: string): Share {
    const known = this.#shares.get(network)
    if (known !== undefined) return known
    if (this.#shares.size >= this.#room) this.#forget()
    const share = { held: 0 }
    this.#shares.set(network, share)
    return share
  }

  /** Not each time one has nothing: most come again at once. */
  #forget(): void {
    for (const [network, { held }] of this.#shares) if (held === 0) this.#shares.delete(network)
    this.#room = Math.max(ROOM, 2 * this.#shares.size)
  }
}
