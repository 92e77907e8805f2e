// Packs the explorer into dist/web: one script, one style sheet, one page; and the learning part of it alone, which
// works from any place that keeps files, into dist/web/static.
import { copyFileSync, mkdirSync } from 'node:fs'
import { build } from 'esbuild'

/** What is packed in with our own has to be named (MIT licence). */
const NOTICE = '/*! Contains Preact, MIT licence, copyright (c) 2015-present Jason Miller. */'

await pack('web/explorer.tsx', 'dist/web')
await pack('web/learn.tsx', 'dist/web/static')

async function pack(entry, folder) {
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: [
      { in: entry, out: 'explorer' },
      { in: 'web/explorer.css', out: 'explorer' },
    ],
    outdir: folder,
    // A module would not load from a file: address.
    format: 'iife',
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    banner: { js: NOTICE },
    logLevel: 'warning',
  })
  copyFileSync('web/index.html', `${folder}/index.html`)
  copyFileSync('docs/decisions.svg', `${folder}/decisions.svg`)
}
