import { expect, test } from 'vitest'
import { NewPartner } from '#worker/partners/schema.ts'
import { INDUSTRIES, PARTNER_TYPES, REGIONS, STAGES, TIERS } from '#worker/partners/terms.ts'
import { demoPartners } from './directory.ts'

const ulid = (n: number) => String(n).padStart(26, '0')
const members = ['owner', 'admin', 'manager'].map((role, n) => ({ role, id: `mbr_${ulid(n)}` }))
const tiers = TIERS.map((level, n) => ({ level, id: `trt_${ulid(n)}` }))
const partners = await Promise.all(
  demoPartners(members, { tracks: [{ types: [...PARTNER_TYPES], tiers }] }).map(({ body }) =>
    NewPartner.parseAsync(body),
  ),
)

const valuesOf = (key: 'type' | 'stage' | 'region' | 'industry' | 'programTierId') =>
  new Set(partners.map((partner) => partner[key]))

test('there are sixty partners, each under a name and domain of its own', () => {
  expect(partners).toHaveLength(60)
  expect(new Set(partners.map(({ name }) => name)).size).toBe(60)
  expect(new Set(partners.map(({ domain }) => domain)).size).toBe(60)
  expect(partners.every(({ domain }) => domain.endsWith('.example'))).toBe(true)
})

test('they cover every type, stage, region, industry and tier', () => {
  expect(valuesOf('type')).toEqual(new Set(PARTNER_TYPES))
  expect(valuesOf('stage')).toEqual(new Set(STAGES))
  expect(valuesOf('region')).toEqual(new Set(REGIONS))
  expect(valuesOf('industry')).toEqual(new Set(INDUSTRIES))
  expect(valuesOf('programTierId')).toEqual(new Set([...tiers.map(({ id }) => id), undefined]))
})
