import { randomBytes } from 'node:crypto'
import { Failure } from './failure.ts'
import type { Target } from './target.ts'

/** Runs a wrangler command and answers what it prints; throws a Failure whose `cause` is all of its output. */
export type Wrangler = (
  args: string[],
  options?: {
    input?: string
    /** For a dry run: when this command runs at all, and what it would print. */
    onlyIf?: string
    pretend?: string
  },
) => Promise<string>

/** The part of a built wrangler configuration that a deployment reads; the rest is passed on as it is. */
export interface BuiltConfig {
  name: string
  vars: Record<string, string>
  d1_databases: { database_name: string; database_id: string }[]
  r2_buckets: { bucket_name: string }[]
  queues: { producers: { queue: string }[]; consumers: { queue: string; dead_letter_queue?: string }[] }
}

export interface Deployment {
  target: Target
  built: BuiltConfig
  wrangler: Wrangler
  configPath: string
  writeConfig: (config: object) => void
}

/**
 * Creates what is missing, migrates, then deploys. In this order: the old Worker runs on the new schema for a moment, a
 * new one never on the old, and none without its secret.
 */
export async function deploy({ target, built, wrangler, configPath, writeConfig }: Deployment) {
  await assertSignedIn(wrangler)
  const databases = []
  for (const database of built.d1_databases) {
    databases.push({ ...database, database_id: await ensureDatabase(wrangler, database.database_name) })
  }
  for (const { bucket_name } of built.r2_buckets) await ensureBucket(wrangler, bucket_name)
  for (const queue of queuesOf(built)) await ensureQueue(wrangler, queue)
  writeConfig(configFor(target, built, databases))
  const config = ['--config', configPath]
  for (const { database_name } of databases) {
    await wrangler(['d1', 'migrations', 'apply', database_name, '--remote', ...config])
  }
  await ensureSecret(wrangler, config)
  const domain = isWorkersDev(target) ? [] : ['--domain', target.host]
  await wrangler(['deploy', ...config, ...domain])
}

async function assertSignedIn(wrangler: Wrangler) {
  await wrangler(['whoami', '--json']).catch((cause: unknown) => {
    throw new Failure('Sign in to Cloudflare first: npx wrangler login, or set CLOUDFLARE_API_TOKEN.', {
      cause,
    })
  })
}

async function ensureDatabase(wrangler: Wrangler, name: string): Promise<string> {
  const find = async (pretend: string) => {
    const all: { name: string; uuid: string }[] = JSON.parse(
      await wrangler(['d1', 'list', '--json'], { pretend }),
    )
    return all.find((database) => database.name === name)?.uuid
  }
  const existing = await find('[]')
  if (existing) return existing
  await wrangler(['d1', 'create', name], { onlyIf: 'there is none' })
  const created = await find(JSON.stringify([{ name, uuid: 'its-id' }]))
  if (!created) throw new Failure(`The database ${name} was created but cannot be found.`)
  return created
}

async function ensureBucket(wrangler: Wrangler, name: string) {
  const exists = await wrangler(['r2', 'bucket', 'info', name]).catch(() => null)
  // As below.
  if (!exists) await wrangler(['r2', 'bucket', 'create', name], { onlyIf: 'there is none' })
}

async function ensureQueue(wrangler: Wrangler, name: string) {
  const exists = await wrangler(['queues', 'info', name]).catch(() => null)
  // If it was something else that failed, this fails, too, and says why.
  if (!exists) await wrangler(['queues', 'create', name], { onlyIf: 'there is none' })
}

/** Never replaces a secret: that would sign everybody out and void every mailed link. */
async function ensureSecret(wrangler: Wrangler, config: string[]) {
  const listed = await wrangler(['secret', 'list', ...config], { pretend: '[]' }).catch((error: unknown) => {
    // 10007: there is no Worker of that name yet.
    if (error instanceof Failure && /10007|does not exist|not found/i.test(String(error.cause))) return '[]'
    throw error
  })
  const secrets: { name: string }[] = JSON.parse(listed)
  if (secrets.some(({ name }) => name === 'AUTH_SECRET')) return
  await wrangler(['secret', 'put', 'AUTH_SECRET', ...config], {
    onlyIf: 'there is none; 32 random bytes on its input',
    input: randomBytes(32).toString('base64url'),
  })
}

const isWorkersDev = ({ host }: Target) => host.endsWith('.workers.dev')

function queuesOf({ queues: { producers, consumers } }: BuiltConfig) {
  const named = [...producers, ...consumers].map(({ queue }) => queue)
  return new Set([...named, ...consumers.flatMap(({ dead_letter_queue }) => dead_letter_queue ?? [])])
}

/** One address only: a second one would be another origin, with cookies of its own. */
function configFor(target: Target, built: BuiltConfig, d1_databases: BuiltConfig['d1_databases']) {
  const { configPath, userConfigPath, topLevelName, definedEnvironments, ...config } = {
    ...ABOUT_THE_BUILD,
    ...built,
  }
  return {
    ...config,
    d1_databases,
    vars: { ...built.vars, ...target.vars },
    workers_dev: isWorkersDev(target),
    preview_urls: false,
  }
}

/** What the build notes about itself, and wrangler does not know as configuration. */
const ABOUT_THE_BUILD = {
  configPath: '',
  userConfigPath: '',
  topLevelName: '',
  definedEnvironments: [] as string[],
}
