import { expect, test } from 'vitest'
import { founder, hasFocus, isAt } from './journey.ts'
import { addPartners, partner, partnerName, partnerNames } from './people.ts'
import { drawn, row } from './rows.ts'

test('groups have heads with counts, fold away, and keys go through them', async () => {
  const { page, api } = await founder()
  for (const [name, tier] of [
    ['Auroral', 'gold'],
    ['Basalt', 'platinum'],
    ['Calderon', 'gold'],
    ['Driftwood', null],
  ])
    await api.post('/api/partners', partner({ name, tier }))
  await page.goto('/partners')
  await row(page, 'Driftwood').waitFor()
  await page.getByRole('button', { name: 'Group' }).click()
  await page.getByRole('menuitemradio', { name: 'Tier' }).click()
  await page.keyboard.press('Escape')
  await drawn(page, ['Basalt', 'Auroral', 'Calderon', 'Driftwood'])
  const gold = page.getByRole('button', { name: 'Gold 2' })
  await page.getByRole('button', { name: 'Platinum 1' }).waitFor()
  await page.getByRole('button', { name: 'No tier 1' }).waitFor()

  await page.getByRole('region', { name: 'All partners' }).focus()
  for (const key of ['j', 'j', 'j']) await page.keyboard.press(key)
  await hasFocus(gold)
  await page.keyboard.press('Enter')
  await drawn(page, ['Basalt', 'Driftwood'])
  expect(await gold.getAttribute('aria-expanded')).toBe('false')
  await isAt(page, '/partners?group=tier&closed=gold')
  for (const key of ['j', 'j']) await page.keyboard.press(key)
  await hasFocus(row(page, 'Driftwood'))

  await page.reload()
  await drawn(page, ['Basalt', 'Driftwood'])
  await gold.click()
  await drawn(page, ['Basalt', 'Auroral', 'Calderon', 'Driftwood'])
  await page.getByLabel('Search partners').fill('calderon')
  await drawn(page, ['Calderon'])
  await page.getByRole('button', { name: 'Gold 1' }).waitFor()
})

const MANY = 260
const DRAWN_AT_MOST = 200
const STEPPED_TO = 110

test('a long group is read as one steps or scrolls, and the next one stands right behind its last partner', async () => {
  const owner = await founder()
  const { page, api } = owner
  await addPartners(owner, partnerNames(MANY), { type: 'channel' })
  await api.post('/api/partners', partner({ name: 'Last', type: 'referral' }))
  await page.goto('/partners?group=type')
  await row(page, partnerName(20)).click()
  for (let shown = 20; shown < STEPPED_TO; shown += 10) {
    await page.getByRole('dialog', { name: partnerName(shown) }).waitFor()
    for (let steps = 0; steps < 10; steps++) await page.keyboard.press('j')
  }
  // Far beyond the page that was read at first, with the table along.
  await page.getByRole('dialog', { name: partnerName(STEPPED_TO) }).waitFor()
  await page.keyboard.press('Escape')
  await hasFocus(row(page, partnerName(STEPPED_TO)))
  const box = page.getByRole('region', { name: 'All partners' })
  await box.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
  await row(page, 'Last').waitFor()
  await row(page, partnerName(MANY)).waitFor()
  expect(await page.getByRole('row').count()).toBeLessThanOrEqual(DRAWN_AT_MOST)
})
