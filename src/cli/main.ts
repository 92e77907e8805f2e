#!/usr/bin/env node
/**
 * The `tenfour` command. A start would spend a third of its time opening two hundred small files, so
 * they are packed into a few when they are built; a pack that is older than what it was made of is
 * passed by.
 */
import { statSync } from 'node:fs'

const packed = new URL('../packed/cli/command-line.js', import.meta.url)

/** The compiler touches these when it builds a layer; they are not published. */
const LAYERS = ['rules', 'server', 'store', 'cli'].map((layer) => new URL(`../${layer}/.tsbuildinfo`, import.meta.url))

await (isFresh() ? import(packed.href) : import('./command-line.ts'))

function isFresh(): boolean {
  const made = timeOf(packed)
  return made !== undefined && LAYERS.every((layer) => (timeOf(layer) ?? 0) <= made)
}

function timeOf(file: URL): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}
