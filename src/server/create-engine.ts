/** The engine for a program that has a server of its own. */
import type { Declared } from './declare/declaration.ts'
import { createEngine as create } from './engine/engine.ts'
import type { Engine, EngineOptions } from './serving.ts'

/** Made once per server; the tables are prepared and the seed is applied before it answers. Rejects when the store does not fit. */
export function createEngine(api: Declared, options: EngineOptions): Promise<Engine> {
  return create(api, options)
}
