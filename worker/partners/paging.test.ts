import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { type Organization, plantOrganization, plantPartners } from '#worker/testing/people.ts'
import type { PartnerPage } from './schema.ts'

const worker = new TestWorker()

const nameOf = fc.constantFrom(
  'Acme',
  'ACME',
  'Ácme',
  'Beta',
  'émile',
  'Emile',
  'Zoo',
  'zoo 2',
  '9 Lives',
  '例',
  '😀',
)
/** What happens between two pages: rows come, and rows that were there from the start go. */
const between = fc.record({
  limit: fc.integer({ min: 1, max: 6 }),
  come: fc.array(nameOf, { maxLength: 2 }),
  go: fc.array(fc.nat(), { maxLength: 1 }),
})

async function goAway(org: Organization, ids: readonly string[]) {
  await env.DB.prepare('delete from partners where org_id = ? and id in (select value from json_each(?))')
    .bind(org.id, JSON.stringify(ids))
    .run()
}

test('whoever reads page after page sees every partner that stayed once, while others come and go', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(nameOf, { maxLength: 16 }),
      fc.array(between, { minLength: 1, maxLength: 30 }),
      async (names, steps) => {
        const org = await plantOrganization(worker)
        const first = await plantPartners(
          org,
          names.map((name) => ({ name })),
        )
        const stayed = new Set(first)
        const seen: string[] = []
        let cursor: string | null = ''
        for (let at = 0; cursor !== null; at++) {
          expect(at).toBeLessThan(200)
          const { limit, come, go } = steps[at % steps.length] ?? { limit: 50, come: [], go: [] }
          const response = await worker.request(
            'GET',
            `/api/partners?limit=${limit}${cursor && `&cursor=${cursor}`}`,
            { cookie: org.owner.cookie },
          )
          const { items, nextCursor }: PartnerPage = await response.json<PartnerPage>()
          expect(items.length).toBeLessThanOrEqual(limit)
          seen.push(...items.map(({ id }) => id))
          cursor = nextCursor
          // Newcomers stop at some point, or the reader would never get to the end.
          if (at > 20) continue
          await plantPartners(
            org,
            come.map((name) => ({ name })),
          )
          const gone = go.flatMap((nth) => first[nth % first.length] ?? [])
          await goAway(org, gone)
          for (const id of gone) stayed.delete(id)
        }
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen).toEqual(expect.arrayContaining([...stayed]))
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)
