/** How much each network has of something that all share, so that none can have it all. */
export class Shares {
  /** A network that has nothing is not kept in mind. */
  readonly #held = new Map<string, number>()

  /** 0 where it is not known whose it is (`''`): those who cannot be told apart are not limited together. */
  of(network: string): number {
    return this.#held.get(network) ?? 0
  }

  add(network: string): void {
    if (network !== '') this.#held.set(network, this.of(network) + 1)
  }

  remove(network: string): void {
    const held = this.of(network)
    if (held > 1) this.#held.set(network, held - 1)
    else this.#held.delete(network)
  }
}
