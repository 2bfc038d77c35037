import { beforeAll, expect, test } from 'vitest'
import type { Problem } from '#worker/http/errors.ts'
import type { Program } from '#worker/program/schema.ts'
import { changedTables, dump } from '#worker/testing/dump.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { acme, type Organization, plantOrganization } from '#worker/testing/people.ts'
import type { Partner } from './schema.ts'
import type { PartnerType, Tier } from './terms.ts'

const worker = new TestWorker()
let org: Organization
let own: Program
let foreign: Program

const programOf = async ({ owner }: Organization) => {
  const response = await worker.request('GET', '/api/program', { cookie: owner.cookie })
  return response.json<Program>()
}
beforeAll(async () => {
  org = await plantOrganization(worker)
  own = await programOf(org)
  foreign = await programOf(await plantOrganization(worker))
})

const post = (changes: Record<string, unknown>) =>
  worker.request('POST', '/api/partners', { body: acme(changes), cookie: org.owner.cookie })
const trackFor = (type: PartnerType, program = own) => {
  const found = program.tracks.find(({ types }) => types.includes(type))
  if (!found) throw new Error(`No track for ${type}.`)
  return found
}
const tierOf = (type: PartnerType, level: Tier, program = own) => {
  const found = trackFor(type, program).tiers.find((tier) => tier.level === level)
  if (!found) throw new Error(`No ${level} in the track for ${type}.`)
  return found
}
const standing = ({ tier, programTierId, programTierName, trackId, tierSource }: Partner) => ({
  tier,
  programTierId,
  programTierName,
  trackId,
  tierSource,
})
const AUTO = { tier: null, programTierId: null, programTierName: null, tierSource: 'auto' }

/** What is sent beside a technology partner's other fields, and how the partner then stands. */
const cases: [string, () => Record<string, unknown>, () => Record<string, unknown>][] = [
  ['nothing leaves the tier to the evaluator', () => ({}), () => ({ ...AUTO, trackId: null })],
  [
    'a track alone is chosen, and the tier left to the evaluator',
    () => ({ trackId: trackFor('technology').id }),
    () => ({ ...AUTO, trackId: trackFor('technology').id }),
  ],
  [
    'a level alone is pinned, without a programme tier',
    () => ({ tier: 'gold' }),
    () => ({ tier: 'gold', programTierId: null, programTierName: null, trackId: null, tierSource: 'manual' }),
  ],
  [
    "a level with a track is pinned as the track's tier of that level",
    () => ({ tier: 'silver', trackId: trackFor('technology').id }),
    () => ({
      tier: 'silver',
      programTierId: tierOf('technology', 'silver').id,
      programTierName: 'Registered technology partner',
      trackId: trackFor('technology').id,
      tierSource: 'manual',
    }),
  ],
  [
    'a programme tier is pinned with its level and track',
    () => ({ programTierId: tierOf('technology', 'platinum').id }),
    () => ({
      tier: 'platinum',
      programTierId: tierOf('technology', 'platinum').id,
      programTierName: 'Elite technology partner',
      trackId: trackFor('technology').id,
      tierSource: 'manual',
    }),
  ],
  [
    'a programme tier with its own level and track beside it is pinned all the same',
    () => ({
      programTierId: tierOf('technology', 'gold').id,
      tier: 'gold',
      trackId: trackFor('technology').id,
    }),
    () => ({
      tier: 'gold',
      programTierId: tierOf('technology', 'gold').id,
      programTierName: 'Advanced technology partner',
      trackId: trackFor('technology').id,
      tierSource: 'manual',
    }),
  ],
  ['an empty tier is automatic', () => ({ tier: null }), () => ({ ...AUTO, trackId: null })],
  [
    'an empty programme tier is automatic',
    () => ({ programTierId: null }),
    () => ({ ...AUTO, trackId: null }),
  ],
  [
    'an empty programme tier beside a level is automatic',
    () => ({ tier: 'gold', programTierId: null }),
    () => ({ ...AUTO, trackId: null }),
  ],
  [
    'an empty level beside a programme tier is automatic',
    () => ({ tier: null, programTierId: tierOf('technology', 'gold').id }),
    () => ({ ...AUTO, trackId: null }),
  ],
  ['an empty track is none', () => ({ trackId: null }), () => ({ ...AUTO, trackId: null })],
]

test.each(cases)('%s', async (_, given, expected) => {
  const response = await post(given())
  expect(response.status).toBe(201)
  expect(standing(await response.json<Partner>())).toEqual(expected())
})

test('a pinned tier tells who pinned it, and when', async () => {
  const response = await post({ tier: 'gold' })
  const { tierDetail, createdAt } = await response.json<Partner>()
  expect(tierDetail).toMatchObject({ by: { name: 'Some owner' }, at: createdAt, reason: null })
})

test('one track serves all the types that it is for', async () => {
  const { id } = trackFor('channel')
  for (const type of ['channel', 'reseller']) {
    const response = await post({ type, trackId: id, tier: 'gold' })
    expect(await response.json()).toMatchObject({ type, trackId: id, tier: 'gold' })
  }
})

const refusals: [string, () => Record<string, unknown>, string, string][] = [
  [
    'a track for other types',
    () => ({ trackId: trackFor('referral').id }),
    '/trackId',
    'This track is not for partners of this type.',
  ],
  [
    'a programme tier of a track for other types',
    () => ({ programTierId: tierOf('referral', 'gold').id }),
    '/programTierId',
    'This programme tier is not for partners of this type.',
  ],
  [
    'a programme tier beside another level',
    () => ({ programTierId: tierOf('technology', 'gold').id, tier: 'silver' }),
    '/tier',
    'The programme tier is of another level.',
  ],
  [
    "another organisation's track",
    () => ({ trackId: trackFor('technology', foreign).id }),
    '/trackId',
    'There is no such track.',
  ],
  [
    'a track that is not there',
    () => ({ trackId: 'trk_00000000000000000000000000' }),
    '/trackId',
    'There is no such track.',
  ],
  [
    "another organisation's programme tier",
    () => ({ programTierId: tierOf('technology', 'gold', foreign).id }),
    '/programTierId',
    'There is no such programme tier.',
  ],
  [
    "another organisation's programme tier with the level that it has",
    () => ({ programTierId: tierOf('technology', 'gold', foreign).id, tier: 'gold' }),
    '/programTierId',
    'There is no such programme tier.',
  ],
  [
    "another organisation's programme tier that would not count",
    () => ({ programTierId: tierOf('technology', 'gold', foreign).id, tier: null }),
    '/programTierId',
    'There is no such programme tier.',
  ],
  [
    'a programme tier that is not there',
    () => ({ programTierId: 'trt_00000000000000000000000000' }),
    '/programTierId',
    'There is no such programme tier.',
  ],
  ['a level that there is not', () => ({ tier: 'bronze' }), '/tier', 'Choose one of the values offered.'],
]

test.each(refusals)('%s is refused, and nothing is left behind', async (_, given, pointer, detail) => {
  const before = await dump()
  const response = await post(given())
  const problem = await response.json<Problem>()
  expect([response.status, problem.errors]).toEqual([422, [{ pointer, detail }]])
  expect(changedTables(before, await dump())).toEqual([])
})

test('a track that is for other types is named once, whichever way it is chosen', async () => {
  const response = await post({ trackId: trackFor('referral').id, tier: 'gold' })
  expect(await response.json()).toMatchObject({ errors: [{ pointer: '/trackId' }] })
})
