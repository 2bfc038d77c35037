import type { Partner } from '#worker/partners/schema.ts'
import type { Scores } from '#worker/scoring/schema.ts'
import { partner } from './people.ts'
import { heading, press, type Scene } from './scene.ts'
import type { Visitor } from './visitor.ts'

export async function openScoring({ page }: Pick<Visitor, 'page'>) {
  await page.goto('/settings/scoring')
  await heading(page, 'Your ideal partner')
}

const DAY_MS = 86_400_000

/** Lets a score look back on months, which no test lives through. */
async function lookBack({ page }: Visitor) {
  await page.route('**/scores', async (route) => {
    const response = await route.fetch()
    const scores: Scores = await response.json()
    const history = Array.from({ length: 30 }, (_, day) => ({
      at: new Date(Date.now() - (60 - 2 * day) * DAY_MS).toISOString(),
      value: Math.round(60 + 15 * Math.sin(day / 4)),
    }))
    const driver = { factor: 'industry', label: 'Industry', points: 4.2 }
    const evidence = [
      {
        source: 'signal' as const,
        detail: 'Registered on 3 May 2004',
        url: 'https://rdap.example/',
        at: history[0]?.at ?? '',
      },
    ]
    const ledger = scores.fit.ledger.map((factor) =>
      factor.factor === 'domainAge' ? { ...factor, value: 1, points: 5, unknown: null, evidence } : factor,
    )
    const change = { days: 30, points: 8, driver }
    await route.fulfill({ json: { ...scores, fit: { ...scores.fit, ledger, history, change } } })
  })
}

/** A new organisation's partner, opened at its scores. */
async function openScores({ page, api }: Visitor) {
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Driftwood' }))
  await page.goto(`/partners/${id}?score=fit`)
  await page.getByText('Describe your ideal partner.').waitFor()
}

/** A tier that was pinned, is automatic again and about to fall, with its history unfolded. */
async function openTier({ page, api }: Visitor) {
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Driftwood' }))
  await api.patch(`/api/partners/${id}`, { version: 1, tier: 'gold', tierReason: 'Won the award' })
  await api.patch(`/api/partners/${id}`, { version: 2, tier: null })
  await page.route(`**/api/partners/${id}`, async (route) => {
    const response = await route.fetch()
    const one: Partner = await response.json()
    const falls = { at: new Date(Date.now() + 12 * DAY_MS).toISOString(), tier: null, name: null }
    await route.fulfill({ json: { ...one, tierDetail: { ...one.tierDetail, falls } } })
  })
  await page.goto(`/partners/${id}`)
  await page.getByText('Tier history').click()
  await page.getByText(/^Pinned by Olga Owner ·/).waitFor()
}

export const SCORING: readonly Scene[] = [
  {
    name: 'scoring',
    who: 'owner',
    async open(visitor) {
      await openScoring(visitor)
      const { page } = visitor
      await page.getByLabel('Preset: what fit weighs').selectOption('Trust first')
      await page.getByText(/^Fit changes for \d+ of 20 partners/).waitFor()
    },
  },
  { name: 'scoring-viewer', who: 'viewer', open: openScoring },
  {
    name: 'scoring-errors',
    who: 'founder',
    async open(visitor) {
      await openScoring(visitor)
      await visitor.page.getByLabel('Receives mail (MX)').fill('')
      await press(visitor.page, 'Save scoring')
      await visitor.page.getByText('Enter a number from 0 to 100.').waitFor()
    },
  },
  {
    name: 'scoring-progress',
    who: 'owner',
    async open({ page }) {
      await page.route('**/api/scoring/progress', (route) =>
        route.fulfill({ json: { total: 10_000, done: 3_412 } }),
      )
      await openScoring({ page })
      await page.getByText(/3,412 of 10,000 done/).waitFor()
    },
  },
  {
    name: 'ledger-history',
    who: 'owner',
    async open(visitor) {
      const { page } = visitor
      await lookBack(visitor)
      await page.goto('/partners')
      await page.getByRole('link', { name: /^Fit of Auroral Systems/ }).click()
      await page.getByRole('img', { name: /^Fit from 60 on/ }).waitFor()
    },
  },
  { name: 'ledger-insufficient', who: 'adding', open: openScores },
  { name: 'partner-tier', who: 'adding', open: openTier },
]
