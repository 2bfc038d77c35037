import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder, hasFocus, isAt, isDescribed, member } from './journey.ts'
import { partner } from './people.ts'
import { press } from './scene.ts'
import { NARROW, WIDE } from './scenes.ts'
import { openScoring } from './scoring-scenes.ts'
import type { Visitor } from './visitor.ts'

interface Settings {
  fitWeights: Record<string, number>
}

/** Of whom the value proposition, a middling rating and an address of their own are known. */
const known = (name: string) => partner({ name, rating: 3, jointValueProposition: 'Better together.' })
const fitOf = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(`^Fit of ${name}:`) })
const weight = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const save = (page: Page) => press(page, 'Save scoring')

/** Adds a partner and waits for its fit. */
async function scored({ page, api }: Visitor, name = 'Basalt') {
  const { id } = await api.post<{ id: string }>('/api/partners', known(name))
  await page.goto('/partners')
  await page.getByRole('link', { name: `Fit of ${name}: 75, medium, preliminary` }).waitFor()
  return id
}

test('a weight shows its effect before it is saved, and then every score follows', async () => {
  const one = await founder()
  const { page } = one
  await scored(one)
  await openScoring(one)
  await weight(page, 'Manager’s rating').fill('60')
  await page.getByText('Fit changes for 1 of 1 partner: 1 down.').waitFor()
  await page.getByRole('row', { name: /^Basalt 75 becomes 58/ }).waitFor()
  await weight(page, 'Contact’s mail domain').fill('0')
  await isDescribed(weight(page, 'Contact’s mail domain'), 'left out')
  await page.getByRole('row', { name: /^Basalt 75 becomes 56/ }).waitFor()
  await save(page)
  await page.getByText('The one partner is scored by these rules.').waitFor()
  await isDescribed(page.getByRole('button', { name: /^Save scoring/ }), 'There is nothing to save.')
  await page.getByRole('link', { name: 'Partners', exact: true }).click()
  await page.getByRole('link', { name: /^Fit of Basalt: 56, medium/ }).waitFor()
})

test('a described partner and a preset are kept, and what is wrong is said where it is', async () => {
  const one = await founder()
  const { page, api } = one
  await openScoring(one)
  await page.getByLabel('Industries').fill('insur')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Remove Insurance' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByLabel('Preset: what fit weighs').selectOption('Market first')
  await weight(page, 'Pulse').fill('101')
  await save(page)
  await isDescribed(weight(page, 'Pulse'), 'Enter a number from 0 to 100.')
  await hasFocus(weight(page, 'Pulse'))
  await weight(page, 'Pulse').fill('5')
  await weight(page, 'Pulse').press('Control+Enter')
  await page.getByText('The scoring is saved.').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Remove Insurance' }).waitFor()
  expect(await weight(page, 'Industry').inputValue()).toBe('20')
  expect(await api.get('/api/scoring')).toMatchObject({ idealPartner: { industries: ['insurance'] } })
})

test('progress that was left behind is there again, and ends by itself', async () => {
  const one = await founder()
  const { page } = one
  let done = 20
  await page.route('**/api/scoring/progress', (route) => {
    done = Math.min(60, done + 20)
    return route.fulfill({ json: { total: 60, done } })
  })
  await openScoring(one)
  await page.getByRole('progressbar', { name: 'Partners scored anew' }).waitFor()
  await page.getByText('All 60 partners are scored by these rules.').waitFor()
})

test('of two who edit the rules nobody loses anything, and the second learns of the first', async () => {
  const owner = await founder()
  const other = await member(owner, 'admin')
  const { page, api } = other
  await openScoring(other)
  await weight(page, 'Pulse').fill('20')
  await weight(page, 'Industry').fill('30')
  const now = await owner.api.get<Settings>('/api/scoring')
  const fitWeights = { ...now.fitWeights, industry: 1, dmarc: 9 }
  await owner.api.put('/api/scoring', { ...now, fitWeights })
  await save(page)
  const notice = page.getByRole('alert')
  await notice.getByText('Olga Owner saved other rules while you were editing.').waitFor()
  await notice.getByText(/Changed by both, and shown as you left it: weight of Industry\./).waitFor()
  await hasFocus(notice)
  expect(await weight(page, 'Mail authentication (DMARC)').inputValue()).toBe('9')
  await save(page)
  await page.getByText('The scoring is saved.').waitFor()
  expect(await api.get('/api/scoring')).toMatchObject({
    fitWeights: { industry: 30, dmarc: 9 },
    healthWeights: { pulse: 20 },
  })
})

test('what is not saved is not left without asking, by link, palette or the way back', async () => {
  const one = await founder()
  const { page } = one
  await page.goto('/settings/members')
  await page.getByRole('link', { name: 'Scoring' }).click()
  await weight(page, 'Pulse').fill('20')
  const question = page.getByRole('dialog', { name: 'Discard your changes?' })
  const stay = async () => {
    await press(question, 'Keep editing')
    await isAt(page, '/settings/scoring')
    expect(await weight(page, 'Pulse').inputValue()).toBe('20')
  }
  await page.getByRole('link', { name: 'Members' }).click()
  await stay()
  await page.goBack()
  await stay()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Find/ }).fill('New this month')
  await page.keyboard.press('Enter')
  await stay()
  await page.getByRole('link', { name: 'Partners', exact: true }).click()
  await press(question, 'Discard')
  await isAt(page, '/partners')
})

test('who may not change the rules reads them, and learns why', async () => {
  const owner = await founder()
  const manager = await member(owner, 'manager')
  await openScoring(manager)
  await manager.page.getByText('Your role is Manager; this needs Admin or higher.').waitFor()
  expect(await weight(manager.page, 'Industry').isDisabled()).toBe(true)
  expect(await manager.page.getByRole('button', { name: /^Save scoring/ }).count()).toBe(0)
})

test('the ledger is opened, read and renewed by keyboard', async () => {
  const one = await founder()
  const { page } = one
  await scored(one)
  const { keyboard } = page
  await fitOf(page, 'Basalt').focus()
  await keyboard.press('Enter')
  const open = page.getByRole('dialog', { name: 'Basalt' })
  await open.getByRole('row', { name: /^Manager’s rating .*3 of 5.* 12 50% \+25\.0$/ }).waitFor()
  await open.getByRole('row', { name: 'Score 75' }).waitFor()
  await open.getByText('Describe your ideal partner.').waitFor()
  await open.getByText(/Under 60% the number is preliminary/).waitFor()
  await open.getByRole('tab', { name: 'Fit' }).focus()
  await keyboard.press('Tab')
  await hasFocus(open.getByRole('button', { name: 'Refresh' }))
  const asked = page.waitForResponse(/scores\/refresh$/)
  await keyboard.press('Enter')
  expect((await asked).status()).toBe(202)
  await open.getByRole('button', { name: 'Refresh', exact: true }).waitFor()
  await keyboard.press('Shift+Tab')
  await keyboard.press('ArrowRight')
  await open.getByText('Is the relationship working?').waitFor()
  await open.getByRole('row', { name: /^Onboarding checklist / }).waitFor()
})

test('a partner that needs attention is in the built-in view, whose filter can be taken away', async () => {
  const { page, api } = await founder()
  await api.post('/api/partners', known('Basalt'))
  await api.post('/api/partners', { ...known('Driftwood'), stage: 'dormant' })
  await page.goto('/partners')
  const health = page.getByRole('link', { name: /^Health of Driftwood: \d+, low/ })
  await health.waitFor()
  // Among all columns it stands in sight.
  expect((await health.boundingBox())?.x).toBeLessThan(WIDE.width - 100)
  await page.getByRole('link', { name: 'Needs attention' }).click()
  await isAt(
    page,
    '/partners?view=attention&attention=yes&sort=health&columns=type,tier,stage,fit,health,manager,updated',
  )
  await page.getByRole('button', { name: 'Attention Health under 50, or down 10' }).waitFor()
  // Where there is room for one score, it is the one that the view is about.
  await page.setViewportSize(NARROW)
  await page.getByRole('listitem').filter({ hasText: 'Driftwood' }).filter({ has: health }).waitFor()
  await page.setViewportSize(WIDE)
  await press(page, 'Remove filter Attention')
  await page.getByText('edited').first().waitFor()
})
