import { type SQL, sql } from 'drizzle-orm'
import { newId } from '#worker/db/ids.ts'
import { change, type Statement } from '#worker/db/statement.ts'
import type { PartnerType, Tier } from '#worker/partners/terms.ts'
import type { Rule, Track } from './schema.ts'
import { insertTracks, keepVersion } from './write.ts'

const COLORS: Record<Tier, string> = { platinum: '#5b6b8c', gold: '#b7862c', silver: '#8a8f98' }

const atLeast = (metric: Rule['metric'], value: number): Rule => ({ metric, op: 'gte', value })

/** Rules of the three levels; each asks about twice what the one below asks. */
const LADDER: readonly { level: Tier; rules: Rule[] }[] = [
  { level: 'platinum', rules: [atLeast('fit', 75), atLeast('health', 75), atLeast('revenueAttainment', 80)] },
  { level: 'gold', rules: [atLeast('fit', 60), atLeast('health', 60)] },
  { level: 'silver', rules: [atLeast('fit', 50)] },
]

const TRACKS: readonly { name: string; noun: string; types: PartnerType[] }[] = [
  { name: 'Technology track', noun: 'technology partner', types: ['technology'] },
  { name: 'Reseller track', noun: 'reseller', types: ['reseller', 'channel'] },
  { name: 'Referral track', noun: 'referral partner', types: ['referral'] },
]
const NAMES: Record<Tier, string> = { platinum: 'Elite', gold: 'Advanced', silver: 'Registered' }

/** Who founds an organisation: a user, or SQL that finds one. */
interface Founder {
  id: SQL | string
  name: string
}

/** The programme with which a new organisation starts; every part of it can be changed later. */
export function defaultProgram(orgId: string, founder: Founder, now: number): Statement<number>[] {
  const tracks = TRACKS.map(
    ({ name, noun, types }): Track => ({
      id: newId('trk'),
      name,
      types,
      graceDays: 30,
      tiers: LADDER.map(({ level, rules }) => ({
        id: newId('trt'),
        level,
        name: `${NAMES[level]} ${noun}`,
        color: COLORS[level],
        benefits: '',
        rules,
      })),
    }),
  )
  return [
    change(sql`insert into programs (org_id, version) values (${orgId}, 1)`),
    ...insertTracks(orgId, tracks),
    keepVersion(orgId, { n: 1, tracks }, founder, now),
  ]
}
