/**
 * Lines of those who write one item: one at a time, so that each finds the item as it judged it, and all get through.
 *
 * A line forms when two have collided, and is gone with the last one in it; whoever has an item to itself meets none. It
 * decides nothing: the version is compared in the write, as ever, and other processes have lines of their own.
 */

/** Nobody waits longer for those before: they may be at work on something that never ends. */
const PATIENCE_MS = 10_000

export class Lines {
  readonly #last = new Map<string, Promise<void>>()

  /** Does anybody write this, or wait to? */
  has(name: string): boolean {
    return this.#last.has(name)
  }

  /** Resolves when it is one's turn, with what ends it. */
  async join(name: string): Promise<() => void> {
    const before = this.#last.get(name)
    let resolve = (): void => undefined
    const turn = new Promise<void>((done) => (resolve = done))
    this.#last.set(name, turn)
    if (before !== undefined) await within(before, PATIENCE_MS)
    return () => {
      if (this.#last.get(name) === turn) this.#last.delete(name)
      resolve()
    }
  }
}

async function within(promise: Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))
  await Promise.race([promise, late])
  clearTimeout(timer)
}
