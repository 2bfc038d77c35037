/**
 * `npm run deploy`: from an empty Cloudflare account to the product, and from there to its next version. What exists is
 * left as it is. `npm run deploy -- --dry-run` builds and prints the commands.
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { buildIfChanged, QUIET } from './build.ts'
import { deploy, type Wrangler } from './cloudflare.ts'
import { describe, Failure } from './failure.ts'
import { at, ROOT } from './paths.ts'
import { readTarget } from './target.ts'

const BUILT = at('dist/entente/wrangler.json')
/** Beside the built one, whose paths it shares. */
const CONFIG = at('dist/entente/deploy.json')

const dry = process.argv.includes('--dry-run')

main().catch((error: unknown) => {
  console.error(`entente: ${describe(error)}`)
  process.exit(1)
})

async function main() {
  const target = readTarget(dry ? { APP_URL: 'https://partners.example.com', ...process.env } : process.env)
  await buildIfChanged(console.log)
  await deploy({
    target,
    built: JSON.parse(readFileSync(BUILT, 'utf8')),
    wrangler: dry ? print : execute,
    configPath: relative(ROOT, CONFIG),
    writeConfig: (config) => writeFileSync(CONFIG, JSON.stringify(config, null, 2)),
  })
  if (dry) return
  console.log(`
  Entente runs at ${target.url}
  It sends mail as ${target.vars.MAIL_FROM} (MAIL_FROM): set that domain up for sending in Cloudflare's Email Service.
`)
}

/** Says what would run, and goes on as on an empty account. */
const print: Wrangler = async (args, { onlyIf, pretend = '' } = {}) => {
  console.log(`npx wrangler ${args.join(' ')}${onlyIf ? `   # only if ${onlyIf}` : ''}`)
  return pretend
}

/** Answers what the command prints; without a terminal it asks nothing. */
const execute: Wrangler = (args, { input } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(at('node_modules/.bin/wrangler'), args, {
      cwd: ROOT,
      env: { ...process.env, ...QUIET, FORCE_COLOR: '0' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (errors += chunk))
    child.stdin.end(input ?? '')
    child.once('error', reject)
    child.once('close', (code) => {
      const said = `${output}\n${errors}`.trim()
      if (code === 0) resolve(output)
      else
        reject(
          new Failure(`wrangler ${args.slice(0, 2).join(' ')} failed: ${complaint(said)}`, { cause: said }),
        )
    })
  })

const complaint = (said: string) =>
  said
    .split('\n')
    .find((line) => line.includes('ERROR'))
    ?.replace(/^.*ERROR\S*\s*/, '')
    .replace(/\/accounts\/\w+/, '/accounts/...') ?? said
