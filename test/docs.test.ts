/** The documents are true: every block is compiled or run, every path is there, every list is complete. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import lesson from '../examples/newsroom/lesson.ts'
import type { LessonStep } from '../src/cli/lesson-step.ts'
import { type Folder, newFolder, ROOT, type Running, serve } from './cli/process.ts'

const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'docs/tour.md',
  'docs/declare.md',
  'docs/client.md',
  'docs/dependencies.md',
  'docs/statuses.md',
]

interface Block {
  readonly document: string
  readonly language: string
  /** What follows the language: `api.ts`, `serve`. */
  readonly note: string
  readonly text: string
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const blocksOf = (document: string): Block[] =>
  [...read(document).matchAll(/^```(\w+) ?(.*)\n([^]*?)^```$/gm)].map(([, language = '', note = '', text = '']) => ({
    document,
    language,
    note,
    text,
  }))
const BLOCKS = DOCUMENTS.flatMap(blocksOf)
const MANIFEST = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
}

describe('every block of code', () => {
  it('is of a kind that is checked', () => {
    expect(new Set(BLOCKS.map(({ language }) => language))).toEqual(new Set(['ts', 'sh', 'text']))
  })

  it('compiles', { timeout: 120_000 }, () => {
    const folder = newFolder()
    const blocks = BLOCKS.filter(({ language }) => language === 'ts')
    for (const [at, block] of blocks.entries()) folder.write(`block-${at}.ts`, whole(block))
    symlinkSync(join(ROOT, 'node_modules/@types'), join(folder.path, 'node_modules/@types'))
    symlinkSync(join(ROOT, 'node_modules/@standard-schema'), join(folder.path, 'node_modules/@standard-schema'))
    symlinkSync(ROOT, join(folder.path, 'node_modules/tenfour'))
    folder.write('package.json', '{ "type": "module" }')
    folder.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          module: 'nodenext',
          target: 'es2023',
          exactOptionalPropertyTypes: true,
          skipLibCheck: true,
          types: ['node'],
        },
        include: ['*.ts'],
      }),
    )
    expect(blocks.length).toBeGreaterThan(2)
    expect(compile(folder)).toBe('')
    folder.remove()
  })

  it('is a line that the checkout knows, where it is for the shell', () => {
    const lines = BLOCKS.filter(({ document, language }) => language === 'sh' && document !== 'docs/tour.md').flatMap(
      ({ text }) => text.trim().split('\n'),
    )
    for (const line of lines) {
      const script = /^npm (?:run )?(ci|\w+)$/.exec(line)?.[1]
      expect([line, script === 'ci' || Object.hasOwn(MANIFEST.scripts, script ?? '')]).toEqual([line, true])
    }
  })
})

/** Where a document has a block that is called `start`, each of the others begins with it. */
function whole({ document, note, text }: Block): string {
  const start = BLOCKS.find((block) => block.document === document && block.note === 'start')
  return start === undefined || note === 'start' ? text : `${start.text}${text}`
}

function compile({ path }: Folder): string {
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', path], { encoding: 'utf8', stdio: 'pipe' })
    return ''
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

describe('the tour, from its first line to its last', () => {
  const blocks = blocksOf('docs/tour.md')
  let folder: Folder
  let server: Running
  let shell: Shell
  beforeAll(async () => {
    folder = newFolder()
    folder.write('package.json', '{ "type": "module" }')
    shell = openShell(folder.path)
    const [first] = blocks.filter(({ note }) => note === 'api.ts')
    folder.write('api.ts', first?.text ?? '')
    const line = blocks.find(({ note }) => note === 'serve')?.text.trim() ?? ''
    const keys = [...line.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value] as const)
    if (!line.endsWith('npx tenfour serve api.ts')) throw new Error(`${line}: what is served is another file`)
    server = await serve('api.ts', folder, Object.fromEntries(keys))
  })
  afterAll(async () => {
    shell.close()
    await server.stop()
    folder.remove()
  })

  it.each(blocks.map((block, at) => ({ at, ...block })))(
    'block $at: $language $note',
    { timeout: 60_000 },
    async ({ language, note, text }) => {
      if (note === 'serve') return
      if (language === 'ts') {
        const before = server.out.length
        folder.write(note, text)
        // The first is what is served already.
        if (text !== blocks.find((block) => block.note === note)?.text) {
          await server.says(/Loaded again\./)
          expect(server.out.slice(before)).toContain('Loaded again.')
        }
        return
      }
      for (const { command, status } of commandsIn(text)) {
        const said = await shell.run(
          command
            .replaceAll('localhost:4010', `127.0.0.1:${server.port}`)
            .replace('npx tenfour', `node ${join(ROOT, 'dist/cli/main.js')}`),
        )
        const answered = /^HTTP\/1\.1 (\d{3})/m.exec(said.out)?.[1]
        if (status === undefined) expect([command, said.code]).toEqual([command, 0])
        else expect([command, answered]).toEqual([command, status])
      }
    },
  )
})

/** Lines of a shell, each with the status that the comment below it promises. */
function commandsIn(text: string): { command: string; status: string | undefined }[] {
  const lines = text.trim().split('\n')
  return lines.flatMap((line, at) =>
    line.startsWith('#') ? [] : [{ command: line, status: /^# (\d{3})$/.exec(lines[at + 1] ?? '')?.[1] }],
  )
}

interface Shell {
  run(command: string): Promise<{ out: string; code: number }>
  close(): void
}

/** One shell for all lines, so that variables last. */
function openShell(folder: string): Shell {
  const child = spawn('sh', [], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdout.setEncoding('utf8')
  return {
    run: (command) =>
      new Promise((resolve) => {
        let out = ''
        const hear = (text: string): void => {
          out += text
          const end = /\n?#ended (\d+)\n$/.exec(out)
          if (end === null) return
          child.stdout.off('data', hear)
          resolve({ out: out.slice(0, end.index), code: Number(end[1]) })
        }
        child.stdout.on('data', hear)
        child.stdin.write(`${command} </dev/null\nprintf '\\n#ended %s\\n' $?\n`)
      }),
    close: () => child.kill(),
  }
}

describe('the README', () => {
  it('has the table of the lesson', () => {
    expect(read('README.md')).toContain(table(lesson))
  })

  it('says how many lines the newsroom has', () => {
    const lines = read('examples/newsroom/api.ts').trim().split('\n').length
    expect(lines).toBeLessThanOrEqual(40)
    expect(read('README.md')).toContain(`${lines} lines`)
  })

  it('says how many dependencies there are', () => {
    const count = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'][
      // And SQLite's driver, one release or the other.
      Object.keys(MANIFEST.dependencies).length + 1
    ]
    expect(read('README.md')).toContain(`are ${count}, each with its reason`)
  })
})

/** As the formatter lays it out. */
function table(steps: readonly LessonStep[]): string {
  const rows = [
    ['code', 'what you declare', 'what the client does', 'try it'],
    ...steps.map(({ code, fact, client, request }) => [String(code), fact, client, tried(request)]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [head = [], ...rest] = rows
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join('\n')
}

function tried({ method, path, as, fields = {} }: LessonStep['request']): string {
  const names = Object.keys(fields).map((name) => ` with \`${name}\``)
  return `\`${method} ${path.replace('{Location}', '/articles/{id}')}\`${names.join('')}${as === undefined ? '' : ` as ${as}`}`
}

describe('docs/dependencies.md', () => {
  it('has every dependency, and no other', () => {
    const named = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)
    expect(named).toEqual([
      ...Object.keys(MANIFEST.dependencies).toSorted(),
      ...Object.keys(MANIFEST.optionalDependencies),
    ])
  })

  it('is right: the driver that comes built is not built again', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { gypfile?: boolean }> }
    expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false)
  })
})

describe('every path', () => {
  const mentioned = DOCUMENTS.flatMap((document) => {
    const text = read(document)
    const inCode = [...text.matchAll(/`((?:src|test|docs|bench|examples|scripts)\/[\w\-./]*)`/g)].map(
      ([, path = '']) => path,
    )
    const inBlocks = [...text.matchAll(/^((?:src|test|bench|examples)\/[\w/]*) /gm)].map(([, path = '']) => path)
    const links = [...text.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, path = '']) => join(dirname(document), path))
    return [...inCode, ...inBlocks, ...links].map((path) => [document, path] as const)
  })
  it.each(mentioned)('%s: %s is there', (_, path) => {
    expect(existsSync(join(ROOT, path))).toBe(true)
  })
})
