/**
 * Installs what stands in this folder's manifest, and unpacks the browser; a few milliseconds if it was done before.
 *
 * Nothing is fetched but packages: no script of theirs runs, and their binaries come as packages of their own.
 * Several processes may ask at once: one installs, the others wait for it.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const here = import.meta.dirname
const browser = join(here, 'node_modules', '.chromium')
const mark = join(here, 'node_modules', '.installed')
const lock = join(here, '.installing')
const wanted = createHash('sha256')
  .update(readFileSync(join(here, 'package-lock.json')))
  .update(readFileSync(import.meta.filename))
  .digest('hex')

const isInstalled = () => existsSync(mark) && readFileSync(mark, 'utf8') === wanted

while (!isInstalled()) {
  if (!seize()) {
    await sleep(200)
    continue
  }
  try {
    if (!isInstalled()) await install()
  } finally {
    rmSync(lock)
  }
}

/** False while a process that is alive holds the lock. */
function seize() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isAlive(holder())) rmSync(lock, { force: true })
    return false
  }
}

function holder() {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return 0
  }
}

/** 0 has not written its name yet, or was here. */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function install() {
  console.error('test/runtimes: installing a browser and three runtimes, once')
  execFileSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (process.platform === 'linux' && process.arch === 'x64') await unpack()
  writeFileSync(mark, wanted)
}

/** Its package unpacks into the folder for what is temporary, and the libraries that a bare system lacks where it takes it for one. */
async function unpack() {
  mkdirSync(browser, { recursive: true })
  process.env.TMPDIR = browser
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  await packaged.executablePath()
  writeFileSync(join(browser, 'fonts.conf'), fonts())
}

/** The package's own file names folders that are not here; without a font, text has no size. */
function fonts() {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(browser, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(browser, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
