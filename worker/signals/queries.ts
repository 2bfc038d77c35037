import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { AppError } from '#worker/http/errors.ts'
import { sha256 } from '#worker/http/secrets.ts'
import { REGIONS } from '#worker/partners/terms.ts'
import { isPublicName } from './hosts.ts'
import { dnsLines, rdapLines, websiteLines } from './lines.ts'
import { type PartnerSignals, type SignalLine, Signals } from './schema.ts'
import { type IsIgnored, suggestionsFrom } from './suggestions.ts'
import { type SignalSource, SOURCES, SUGGESTED_FIELDS } from './terms.ts'

const Profile = z.object({
  domain: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  languages: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  region: z.enum(REGIONS),
  has_logo: z.number().transform(Boolean),
  is_due: z.number().transform(Boolean),
})
const Stored = z.object({ source: z.enum(SOURCES), facts: z.string(), checked_at: z.number() })
const Ignored = z.object({ field: z.enum(SUGGESTED_FIELDS), value_hash: z.string() })

/**
 * What is publicly known of a partner's domain, and what of it could go into the profile.
 * @throws `not-found` when the organisation has no such partner.
 */
export async function getSignals(tenant: Tenant, partnerId: string, now: number): Promise<PartnerSignals> {
  const { orgId } = tenant
  const of = sql`p.org_id = ${orgId} and p.id = ${partnerId}`
  const [profile, stored, ignored] = await tenant.batch([
    // Until there is an entry for its check, the score that is due will make one.
    row(
      Profile,
      sql`select p.domain, p.name, p.description, p.languages, p.region, p.logo_key is not null as has_logo,
          coalesce((select d.due_at <= ${now} or d.lease_until > ${now} from domain_checks d
            where d.org_id = p.org_id and d.domain = p.domain), p.score_due_at <= ${now}, 0) as is_due
        from partners p where ${of}`,
    ),
    rows(
      Stored,
      sql`select s.source, s.facts, s.checked_at from signals s
        join partners p on p.org_id = s.org_id and p.domain = s.domain where ${of}`,
    ),
    rows(
      Ignored,
      sql`select i.field, i.value_hash from ignored_suggestions i
        where i.org_id = ${orgId} and i.partner_id = ${partnerId}`,
    ),
  ])
  if (!profile) throw new AppError('not-found')
  const signals = signalsOf(stored)
  const offered = signals.website
    ? suggestionsFrom(signals.website, { ...profile, hasLogo: profile.has_logo }, () => false)
    : []
  const hashes = await hashesOf(offered.flatMap(({ value }) => value))
  const isIgnored: IsIgnored = (field, value) =>
    ignored.some((each) => each.field === field && each.value_hash === hashes.get(value))
  return {
    domain: profile.domain,
    checking: profile.is_due && (await isPublicName(profile.domain)),
    sources: SOURCES.map((source) => sourceOf(source, signals)),
    suggestions: signals.website
      ? suggestionsFrom(signals.website, { ...profile, hasLogo: profile.has_logo }, isIgnored)
      : [],
  }
}

/** Facts as they were stored; those that this version cannot read were not checked yet as far as it is concerned. */
export function signalsOf(stored: readonly z.infer<typeof Stored>[]): Signals {
  const read = stored.map(({ source, facts, checked_at }) =>
    Signals.safeParse({ [source]: { at: checked_at, facts: JSON.parse(facts) } }),
  )
  return Object.assign({}, ...read.map(({ data }) => data ?? {}))
}

async function hashesOf(values: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(values.map(async (value) => [value, await sha256(value)] as const)))
}

function sourceOf(source: SignalSource, signals: Signals): PartnerSignals['sources'][number] {
  const checked = signals[source]
  if (!checked) return { source, state: 'unchecked', at: null, lines: [] }
  const lines = linesOf(source, signals)
  const told = lines.some(({ state }) => state !== 'unknown')
  return { source, state: told ? 'checked' : 'failed', at: new Date(checked.at).toISOString(), lines }
}

function linesOf(source: SignalSource, { dns, rdap, website }: Signals): SignalLine[] {
  if (source === 'dns') return dns ? dnsLines(dns.facts) : []
  if (source === 'rdap') return rdap ? rdapLines(rdap.facts) : []
  return website ? websiteLines(website.facts) : []
}
