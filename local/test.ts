/** `npm test`: everything that must hold, in order of cost, up to the first thing that does not. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { buildIfChanged } from './build.ts'
import { describe, Failure } from './failure.ts'
import { at, ROOT } from './paths.ts'

/** Each lane keeps one core busy: with runs that follow each other, of projects that share one. */
const LANES = [[['journeys']], [['worker', 'node'], ['beside']]]

const STEPS: [name: string, run: () => Promise<unknown>][] = [
  ['biome', () => tool('biome', 'check', '.')],
  ['oxlint', () => tool('oxlint', '--type-aware')],
  ['types', () => tool('tsc', '-b')],
  ['knip', () => tool('knip')],
  ['build', () => buildIfChanged()],
  ['size-limit', () => tool('size-limit')],
  ['vitest', runTests],
]

for (const [name, run] of STEPS) {
  const start = performance.now()
  try {
    await run()
  } catch (error) {
    console.error(`${name} failed: ${describe(error)}`)
    process.exit(1)
  }
  // Vitest tells its own time, and its summary is to be the last thing but one.
  if (run !== runTests) console.log(`${name.padEnd(12)} ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

/** Prints what a tool says only when it fails. */
async function tool(name: string, ...args: string[]) {
  const { code, output } = await run(name, args, 'pipe')
  if (code === 0) return
  console.error(output)
  throw new Failure('see above.')
}

/** Arguments of `npm test -- ...` go to vitest: a part of a file name, `-t` and a part of a test's name ... */
async function runTests() {
  const args = process.argv.slice(2)
  const lanes = await Promise.all(LANES.map((runs) => runLane(runs, args)))
  const results = lanes.flat()
  const sum = (key: 'passed' | 'failed') => results.reduce((total, one) => total + one[key], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  if (results.some(({ code }) => code !== 0)) process.exit(1)
}

async function runLane(runs: readonly (readonly string[])[], args: readonly string[]) {
  const results = []
  for (const projects of runs) results.push(await runProjects(projects, args))
  return results
}

async function runProjects(projects: readonly string[], args: readonly string[]) {
  const result = at(`.tsbuild/vitest-${projects.join('-')}.json`)
  rmSync(result, { force: true })
  const chosen = projects.map((project) => `--project=${project}`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${result}`]
  // Of a part of the tests, all may stand in the other lane.
  const partly = args.length > 0 ? ['--passWithNoTests'] : []
  const { code } = await run('vitest', ['run', ...chosen, ...reporters, ...partly, ...args], 'inherit')
  return { code, ...countTests(result) }
}

interface VitestResult {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

function countTests(path: string) {
  const result: VitestResult = JSON.parse(readFileSync(path, 'utf8'))
  // A file that could not even be loaded holds no failed test; it must not pass for none.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  )
  return { passed: result.numPassedTests, failed: result.numFailedTests + broken.length }
}

function run(name: string, args: string[], stdio: 'pipe' | 'inherit') {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(at('node_modules/.bin', name), args, { cwd: ROOT, stdio: ['ignore', stdio, stdio] })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
