import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { at, ROOT } from '#local/paths.ts'

/**
 * `npm run simulate -- --seeds 20000`: the long form of what `npm test` simulates. `--first 4711 --seeds 1 --tell` tells
 * what happened in one history.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20000' },
    first: { type: 'string', default: '1' },
    tell: { type: 'boolean', default: false },
  },
})

const { status } = spawnSync(
  at('node_modules/.bin/vitest'),
  ['run', '--project=node', 'worker/testing/simulation', '-t', 'histories'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      SIMULATE_SEEDS: values.seeds,
      SIMULATE_FIRST: values.first,
      SIMULATE_TELL: values.tell ? '1' : '',
    },
  },
)
process.exitCode = status ?? 1
