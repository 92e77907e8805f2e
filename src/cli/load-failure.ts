/**
 * Why a file could not be loaded, for whoever wrote it: what is wrong, the place with a caret, and
 * what to do.
 */
import { readFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildFailure, Message } from 'esbuild'
import { meant, nearest } from '../server/declare/nearest.ts'
import { Failure } from './failure.ts'
import type { Host } from './host.ts'

/** `inputs`: the sources, where it was understood what they are. */
export async function loadFailure(
  error: unknown,
  file: string,
  host: Host,
  inputs: readonly string[] = [],
): Promise<Failure> {
  const show = (path: string): string => relative(host.folder, path) || path
  const { text, next } = await told(error, file, show)
  const files = isBuildFailure(error) ? error.errors.flatMap((message) => filesOf(message, file)) : inputs
  return new Failure(text, { next, files, cause: error })
}

interface Told {
  readonly text: string
  readonly next?: string
}

async function told(error: unknown, file: string, show: Show): Promise<Told> {
  if (isBuildFailure(error)) return { text: error.errors.map((message) => built(message, file, show)).join('\n\n') }
  if (!(error instanceof Error)) return { text: `${show(file)} threw ${String(error)}` }
  if (error.name === 'DeclarationError') return { text: `${show(file)}: ${error.message}` }
  return missing(error, file, show) ?? (await misnamed(error, file, show)) ?? thrown(error, file, show)
}

interface Place {
  readonly path: string
  readonly line: number
  /** From 1. */
  readonly column: number
}

type Show = (path: string) => string

/** esbuild could not make sense of it. */
function built({ text, location }: Message, file: string, show: Show): string {
  if (location === null) return `${show(file)}: ${text}`
  const path = fileOf(location.file, file)
  return at({ path, line: location.line, column: location.column + 1 }, text, show, location.lineText)
}

/** Where it is broken, and what it looks for and does not find. */
function filesOf({ text, location }: Message, file: string): string[] {
  if (location === null) return [file]
  const path = fileOf(location.file, file)
  const sought = /"(\.[^"]*)"/.exec(text)?.[1]
  return sought === undefined ? [path] : [path, resolve(dirname(path), sought)]
}

/** A package that is not there. */
function missing(error: Error, file: string, show: Show): Told | undefined {
  const name =
    'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' ? /package '([^']+)'/.exec(error.message)?.[1] : undefined
  if (name === undefined) return undefined
  const place = firstOf(file, new RegExp(`['"]${escape(name)}['"/]`))
  // Whatever has nearly the name of one that is there is not what anybody should install.
  const near = nearest(name, INSTALLED)
  const text = `the package ${name} is not installed${meant(near)}`
  return {
    text: place === undefined ? `${show(file)}: ${text}` : at(place, text, show),
    ...(near === undefined && { next: `Install it:\n\n  npm install ${name}` }),
  }
}

const INSTALLED = ['tenfour', 'zod']

/** A name that a package does not export. */
async function misnamed(error: Error, file: string, show: Show): Promise<Told | undefined> {
  const [, from, name] = /module '([^']+)' does not provide an export named '([^']+)'/.exec(error.message) ?? []
  if (from === undefined || name === undefined) return undefined
  const place = firstOf(file, new RegExp(`\\b${escape(name)}\\b`))
  const ours = from.startsWith('file:')
  const near = ours ? nearest(name, Object.keys((await import(from)) as object)) : undefined
  const text = `${ours ? 'tenfour' : from} exports no ${name}${meant(near)}`
  return { text: place === undefined ? `${show(file)}: ${text}` : at(place, text, show) }
}

/** The file itself threw while it was loaded. */
function thrown(error: Error, file: string, show: Show): Told {
  const place = placeOf(error)
  const text = `${error.name}: ${error.message}`
  return { text: place === undefined ? `${show(file)}: ${text}` : at(place, text, show) }
}

const OURS = fileURLToPath(new URL('..', import.meta.url))

/** The first place of the stack that is the author's own. */
function placeOf({ stack = '' }: Error): Place | undefined {
  for (const [, where = '', line, column] of stack.matchAll(/^\s+at (?:.*\()?(.+?):(\d+):(\d+)\)?$/gm)) {
    const path = where.startsWith('file:') ? fileURLToPath(where) : where
    if (path.startsWith('node:') || path.startsWith(OURS) || path.includes(`${sep}node_modules${sep}`)) continue
    return { path, line: Number(line), column: Number(column) }
  }
  return undefined
}

function firstOf(path: string, pattern: RegExp): Place | undefined {
  const before = pattern.exec(read(path))
  if (before === null) return undefined
  const lines = before.input.slice(0, before.index).split('\n')
  return { path, line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

/** `api.ts:12:5: text`, the line, and a caret under the place. */
function at(
  { path, line, column }: Place,
  text: string,
  show: Show,
  source = read(path).split('\n')[line - 1],
): string {
  const head = `${show(path)}:${line}:${column}: ${text}`
  if (source === undefined || source.trim() === '') return head
  const margin = `  ${line} | `
  // Tabs stay tabs, so that the caret stands under its character.
  const indent = source.slice(0, column - 1).replace(/[^\t]/g, ' ')
  return `${head}\n\n${margin}${source}\n${' '.repeat(margin.length)}${indent}^`
}

function fileOf(path: string, beside: string): string {
  return fileURLToPath(new URL(path, `file://${beside}`))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}
