import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '#worker/db/database.ts'
import { isGuardRefusal } from '#worker/db/errors.ts'
import { change, rows, unless } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import { holdFile } from '#worker/files/commands.ts'
import type { Log } from '#worker/http/log.ts'
import { lookUpDns } from './dns.ts'
import { factOf, UNKNOWN } from './facts.ts'
import { type Asking, Lanes } from './fetching.ts'
import { isPublicName } from './hosts.ts'
import { keepIcon } from './keep-icon.ts'
import { lookUpRdap } from './rdap.ts'
import type { SignalSource } from './terms.ts'
import { lookUpWebsite } from './website.ts'

/** Longer than any check, with the sources' own limits and some waiting for each other. */
const LEASE_MS = 120_000
const SOURCE_MS = 30_000
const DAY_MS = 86_400_000
const KEPT_MS = 7 * DAY_MS

/** A domain that is due, by organisation. */
export interface DomainRef {
  readonly orgId: string
  readonly domain: string
}

/** A partner whose facts are new, and whose scores are therefore due. */
export interface DuePartner {
  readonly orgId: string
  readonly partnerId: string
}

const Claimed = z.object({ org_id: z.string(), domain: z.string(), logo: z.string().nullable() })
type Claimed = z.infer<typeof Claimed>

interface Gathered {
  readonly source: SignalSource
  readonly facts: unknown
  readonly failed: boolean
}

/**
 * Looks up the public facts of those domains that are due, and answers the partners that are to be scored again. Safe to
 * call any number of times and in any order: what is not due is left alone, and results for a domain that no partner has
 * any more, or that another run took over, are dropped. Each source fails by itself; what it could not tell is stored as
 * such and looked up again the next day.
 */
export async function checkDomains(
  env: Env,
  db: Database,
  refs: readonly DomainRef[],
  now: number,
  log: Log,
): Promise<DuePartner[]> {
  const claimed = await claim(db, refs, now)
  const lanes = new Lanes()
  const done = await Promise.allSettled(claimed.map((due) => check(env, db, due, lanes, now, log)))
  const failed = done.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  if (claimed.length > 0) log('domains_checked', { domains: claimed.length })
  return done.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
}

/** Takes what is due; of names that cannot be looked up, only the entry goes: they stay unchecked. */
async function claim(db: Database, refs: readonly DomainRef[], now: number): Promise<Claimed[]> {
  const looked = await Promise.all(refs.map(({ domain }) => isPublicName(domain)))
  const listOf = (wanted: boolean) =>
    JSON.stringify(refs.filter((_, at) => looked[at] === wanted).map(({ orgId, domain }) => [orgId, domain]))
  const [, claimed] = await db.batch([
    change(
      sql`delete from domain_checks where (org_id, domain) in
        (select r.value ->> 0, r.value ->> 1 from json_each(${listOf(false)}) r)`,
    ),
    rows(
      Claimed,
      sql`update domain_checks set lease_until = ${now + LEASE_MS}
        from json_each(${listOf(true)}) r
        where domain_checks.org_id = r.value ->> 0 and domain_checks.domain = r.value ->> 1
          and domain_checks.due_at <= ${now} and domain_checks.lease_until <= ${now}
        returning org_id, domain, (select s.facts -> 'logo' ->> 'value' from signals s
          where s.org_id = domain_checks.org_id and s.domain = domain_checks.domain and s.source = 'website') as logo`,
    ),
  ])
  return claimed
}

async function check(env: Env, db: Database, due: Claimed, lanes: Lanes, now: number, log: Log) {
  const { org_id: orgId, domain, logo } = due
  const asking = (): Asking => ({
    agent: `Entente (+${env.APP_URL})`,
    lanes,
    signal: AbortSignal.timeout(SOURCE_MS),
  })
  const [dns, rdap, { icon, ...website }] = await Promise.all([
    lookUpDns(domain, asking()),
    lookUpRdap(domain, asking(), now),
    lookUpWebsite(domain, asking()),
  ])
  const key = icon && (await keepIcon(env, db, icon, { orgId, before: logo }, now, log))
  const gathered: Gathered[] = [
    { source: 'dns', ...dns },
    { source: 'rdap', ...rdap },
    { source: 'website', ...website, facts: icon ? { ...website.facts, logo: logoOf(key) } : website.facts },
  ]
  return store(db, due, gathered, key === logo ? null : key, now)
}

const logoOf = (key: string | null) => (key === null ? UNKNOWN : factOf(key))

/** The new facts, when to look again, and the partner due: all of it, or nothing when the domain is no longer ours. */
async function store(
  db: Database,
  { org_id: orgId, domain }: Claimed,
  gathered: readonly Gathered[],
  newKey: string | null,
  now: number,
): Promise<DuePartner[]> {
  const next = now + (gathered.some(({ failed }) => failed) ? DAY_MS : KEPT_MS)
  const list = JSON.stringify(gathered.map(({ source, facts }) => ({ source, facts })))
  // No two leases of a domain end at one time, so that its end names the run that holds it.
  const held = sql`d.org_id = ${orgId} and d.domain = ${domain} and d.lease_until = ${now + LEASE_MS}`
  try {
    const results = await db.batch([
      unless(sql`select 1 from domain_checks d where ${held}`),
      ...(newKey === null ? [] : holdFile(newKey)),
      change(
        sql`insert into signals (org_id, domain, source, facts, checked_at)
          select ${orgId}, ${domain}, r.value ->> 'source', r.value -> 'facts', ${now} from json_each(${list}) r
          where true
          on conflict (org_id, domain, source) do update
            set facts = excluded.facts, checked_at = excluded.checked_at`,
      ),
      change(sql`update domain_checks as d set due_at = ${next}, lease_until = 0 where ${held}`),
      // As an edit does: a score that is being computed from the facts before is dropped.
      rows(
        Due,
        sql`update partners set score_due_at = ${now}, input_version = input_version + 1
          where partners.org_id = ${orgId} and partners.domain = ${domain} returning id`,
      ),
    ])
    const due = z.array(Due).parse(results.at(-1))
    return due.map(({ id }) => ({ orgId, partnerId: id }))
  } catch (error) {
    // The partner is gone, has another domain, or another run was faster. A new icon is deleted by the sweep.
    if (isGuardRefusal(error)) return []
    throw error
  }
}

const Due = z.object({ id: z.string() })

const DueCheck = z.object({ org_id: z.string(), domain: z.string() })
/** Domains that are due and that nobody holds: their message was lost, or a week has passed. */
export const dueChecks = (now: number, limit: number) =>
  rows(
    DueCheck,
    sql`select org_id, domain from domain_checks where due_at <= ${now} and lease_until <= ${now}
      order by due_at limit ${limit}`,
  )
