import type { Tier } from '#worker/partners/terms.ts'
import type { Rule, Track } from '#worker/program/schema.ts'
import type { Held, Metrics } from '#worker/program/tiers.ts'

/** A technology partner of whom little is known. */
export const NOBODY: Metrics = {
  fit: null,
  health: null,
  revenue: null,
  revenueAttainment: null,
  pipeline: null,
  monthsActive: null,
  activeContacts: null,
  certifications: null,
  profileCompleteness: 40,
  stage: 'active',
  type: 'technology',
  region: 'dach',
  industry: null,
  tags: ['cloud', 'emea'],
}
export const NEW: Held = { source: 'auto', tier: null, programTierId: null, trackId: null, fallsAt: null }

export const fitOf = (value: number): Rule => ({ metric: 'fit', op: 'gte', value })
export const tier = (level: Tier, track: string, rules: Rule[]) => ({
  ...{ id: `${track}-${level}`, level, name: `${level} of ${track}`, color: '#000000', benefits: '', rules },
})
/** Silver from 50, gold from 60, platinum from 75. */
export const ladder = (id: string, changes: Partial<Track> = {}): Track => ({
  ...{ id, name: id, types: ['technology'], graceDays: 30 },
  tiers: [tier('platinum', id, [fitOf(75)]), tier('gold', id, [fitOf(60)]), tier('silver', id, [fitOf(50)])],
  ...changes,
})
export const on = (level: Tier, track = 'a', fallsAt: number | null = null): Held => ({
  ...{ source: 'auto', tier: level, programTierId: `${track}-${level}`, trackId: null, fallsAt },
})
