/**
 * Whether the database is known to be unreachable; and if so, a probe, at most each second, until it is back.
 *
 * Tripped, every call fails at once: nobody waits for what cannot answer. Suspected, calls go on, and the probe opens
 * the connections anew, because an error may have left bad pages in their caches.
 */
const PROBE_MS = 1_000
const BUSY_MS = 10

/** What is probed. */
export interface Patient {
  /** True while the connections are in use by work that must not be cut off. */
  busy(): boolean
  /** Opens the connections anew; throws when that cannot be done, and keeps the old ones. */
  revive(): void
  /** True when the connections answer as they are. */
  answers(): boolean
  tripped(cause: unknown): void
  restored(): void
}

export class Breaker {
  readonly #patient: Patient
  #tripped = false
  #timer: NodeJS.Timeout | undefined
  #probed = Number.NEGATIVE_INFINITY

  constructor(patient: Patient) {
    this.#patient = patient
  }

  get tripped(): boolean {
    return this.#tripped
  }

  /** The database cannot be reached. */
  trip(cause: unknown): void {
    if (!this.#tripped) {
      this.#tripped = true
      this.#patient.tripped(cause)
    }
    this.suspect()
  }

  /** The connections may be spoilt. */
  suspect(): void {
    if (this.#timer === undefined) this.#probeIn(Math.max(0, this.#probed + PROBE_MS - performance.now()))
  }

  /** No more probes. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #probeIn(delay: number): void {
    this.#timer = setTimeout(() => this.#probe(), delay)
    this.#timer.unref()
  }

  #probe(): void {
    if (this.#patient.busy()) {
      this.#probeIn(BUSY_MS)
      return
    }
    this.#timer = undefined
    this.#probed = performance.now()
    try {
      this.#patient.revive()
    } catch (error) {
      if (!this.#tripped && !this.#patient.answers()) this.trip(error)
      else this.suspect()
      return
    }
    if (this.#tripped) {
      this.#tripped = false
      this.#patient.restored()
    }
  }
}
