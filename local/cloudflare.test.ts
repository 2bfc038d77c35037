import { expect, test } from 'vitest'
import { deploy, type Wrangler } from './cloudflare.ts'
import { Failure } from './failure.ts'
import { readTarget } from './target.ts'

const BUILT = {
  name: 'entente',
  configPath: '/somewhere/wrangler.toml',
  vars: { APP_URL: 'http://localhost:8787', SIGNUP: 'first' },
  d1_databases: [{ binding: 'DB', database_name: 'entente', database_id: '0' }],
  r2_buckets: [{ binding: 'FILES', bucket_name: 'files' }],
  queues: {
    producers: [{ queue: 'jobs' }],
    consumers: [{ queue: 'jobs', dead_letter_queue: 'dead' }, { queue: 'dead' }],
  },
}

/** Deploys to an account in which commands answer as told (an Error: they fail), and tells what ran. */
async function deployTo(
  answers: Record<string, string | Error | (() => string)>,
  url = 'https://partners.acme.example',
) {
  const ran: string[] = []
  let written: object = {}
  const wrangler: Wrangler = async (args, { input } = {}) => {
    const command = args.join(' ')
    ran.push(input ? `${command} < ${input.length} characters` : command)
    const [, answer = ''] = Object.entries(answers).find(([start]) => command.startsWith(start)) ?? []
    if (answer instanceof Error) throw answer
    return typeof answer === 'string' ? answer : answer()
  }
  const target = readTarget({ APP_URL: url })
  await deploy({
    target,
    built: BUILT,
    wrangler,
    configPath: 'c.json',
    writeConfig: (config) => (written = config),
  })
  return { ran, written }
}

const missing = new Failure('failed', { cause: 'This Worker does not exist on your account. [code: 10007]' })
const EMPTY = { 'r2 bucket info': missing, 'queues info': missing, 'secret list': missing }
const FULL = {
  'd1 list': '[{"name":"entente","uuid":"its-id"}]',
  'r2 bucket info': 'name: files',
  'queues info': 'Queue Name: jobs',
  'secret list': '[{"name":"AUTH_SECRET","type":"secret_text"}]',
}

test('an empty account gets everything, the secret before the Worker', async () => {
  const lists = ['[]', FULL['d1 list']]
  const { ran } = await deployTo({ ...EMPTY, 'd1 list': () => lists.shift() ?? '' })
  expect(ran).toEqual([
    'whoami --json',
    'd1 list --json',
    'd1 create entente',
    'd1 list --json',
    'r2 bucket info files',
    'r2 bucket create files',
    'queues info jobs',
    'queues create jobs',
    'queues info dead',
    'queues create dead',
    'd1 migrations apply entente --remote --config c.json',
    'secret list --config c.json',
    'secret put AUTH_SECRET --config c.json < 43 characters',
    'deploy --config c.json --domain partners.acme.example',
  ])
})

test('what exists is left as it is, above all the secret', async () => {
  const { ran } = await deployTo(FULL)
  expect(ran.filter((command) => /create|put/.test(command))).toEqual([])
})

test('a secret list that fails for another reason never leads to a new secret', async () => {
  const failing = { ...FULL, 'secret list': new Failure('failed', { cause: 'connection reset' }) }
  await expect(deployTo(failing)).rejects.toThrow('failed')
})

test('the configuration holds the real database, the address, and no second address', async () => {
  const { written } = await deployTo(FULL)
  expect(written).toMatchObject({
    d1_databases: [{ binding: 'DB', database_id: 'its-id' }],
    vars: { APP_URL: 'https://partners.acme.example', MAIL_FROM: 'Entente <entente@partners.acme.example>' },
    workers_dev: false,
  })
  expect(written).not.toHaveProperty('configPath')
})

test('an address at workers.dev needs no domain of its own', async () => {
  const { ran, written } = await deployTo(FULL, 'https://entente.acme.workers.dev')
  expect(ran.at(-1)).toBe('deploy --config c.json')
  expect(written).toMatchObject({ workers_dev: true })
})

test('whoever is not signed in is told how to', async () => {
  await expect(deployTo({ whoami: new Error('no') })).rejects.toThrow(/^Sign in to Cloudflare first: /)
})

test.each(['', 'http://partners.acme.example', 'https://acme.example/partners', 'acme.example'])(
  'APP_URL=%s is refused',
  (url) => {
    expect(() => readTarget({ APP_URL: url })).toThrow('Set APP_URL to the address that people will open')
  },
)
