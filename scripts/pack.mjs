// Packs the built layers into few files, for the command: it starts a third faster from them.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist/packed', { recursive: true, force: true })
await build({
  entryPoints: ['cli/command-line', 'server/index', 'rules/index', 'store/index'].map((name) => `dist/${name}.js`),
  outbase: 'dist',
  outdir: 'dist/packed',
  // Beside the command: what is relative to a file of `cli` stays so.
  chunkNames: 'cli/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
