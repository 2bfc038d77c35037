// Runs before every npm script, on whatever Node is there and with nothing installed: plain JavaScript, no imports
// but Node's own. Installs what package-lock.json asks for; a second run only compares two files.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'

const OLDEST_NODE = 20
/** The rest of local/ is TypeScript, which Node runs from here on; package.json brings one along for older machines. */
const TYPESCRIPT_NODE = 24
const INSTALLED = 'node_modules/.package-lock.json'
const OWN_NODE = `node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`

main()

function main() {
  const major = Number.parseInt(process.versions.node, 10)
  if (major < OLDEST_NODE) {
    return fail(`Node ${OLDEST_NODE} or newer is needed; this is Node ${process.versions.node}.`)
  }
  const needsOwnNode = major < TYPESCRIPT_NODE
  if (isInstalled(needsOwnNode)) return
  if (!isWritable()) return fail(`Cannot write to ${process.cwd()}: no permission.`)
  console.log('Installing what is missing (about a minute the first time) ...')
  const problem = install()
  if (problem) return fail(`npm could not install: ${problem}`)
  if (needsOwnNode && !runs(OWN_NODE)) {
    fail(
      'The Node that the project brings along does not run: allow install scripts in npm and run npm install.',
    )
  }
}

/** npm writes its own list last, so an interrupted installation never looks complete. */
function isInstalled(needsOwnNode) {
  if (!existsSync(INSTALLED) || (needsOwnNode && !existsSync(OWN_NODE))) return false
  const wanted = packagesIn('package-lock.json')
  const present = packagesIn(INSTALLED)
  return Object.entries(wanted).every(
    // Optional ones are for other platforms; those for this one change together with the package that asks for them.
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  )
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

function isWritable() {
  try {
    accessSync('.', constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** @returns {string | undefined} what npm complains about, in one line */
function install() {
  const npm = process.env.npm_execpath
  // `npm ci` fails where the lock file lacks another platform's binary; NODE_ENV=production would leave the tools out.
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { encoding: 'utf8' })
    : spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' })
  if (run.error) return run.error.message
  return run.status === 0 ? undefined : complaint(run.stderr)
}

function complaint(stderr) {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
    .filter((line) => line && !/^(code|errno|syscall|path|dest|A complete log)\b/.test(line))
  return lines[0] ?? 'no reason given.'
}

function runs(program) {
  return spawnSync(program, ['--version']).status === 0
}

function fail(message) {
  console.error(`entente: ${message}`)
  process.exitCode = 1
}
