import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder, hasFocus, isAt } from './journey.ts'
import { partner } from './people.ts'
import { drawn, row } from './rows.ts'

/** Four partners of which each filter tells some apart. */
const PARTNERS = [
  { name: 'Auroral', type: 'technology', region: 'nordics', tier: 'gold', tags: ['pilot'] },
  { name: 'Basalt', type: 'reseller', region: 'dach', tier: 'silver' },
  { name: 'Calderon', type: 'reseller', region: 'anz', tags: ['pilot', 'legacy'] },
  { name: 'Driftwood', type: 'referral', region: 'dach' },
]

async function openDirectory() {
  const person = await founder()
  for (const one of PARTNERS) await person.api.post('/api/partners', partner(one))
  await person.page.goto('/partners')
  await row(person.page, 'Driftwood').waitFor()
  return person
}

const LIST = '**/api/partners?*'
const chip = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true })
const option = (page: Page, name: string) => page.getByRole('option', { name })

test('what is searched, filtered, sorted and hidden stands in the address, and Back takes it back', async () => {
  const { page, context } = await openDirectory()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await option(page, 'Type').click()
  await option(page, 'Reseller').click()
  await option(page, 'Referral').click()
  await page.keyboard.press('Escape')
  await isAt(page, '/partners?type=reseller&type=referral')
  await chip(page, 'Type Reseller or Referral').waitFor()
  await drawn(page, ['Basalt', 'Calderon', 'Driftwood'])
  await page.getByText('3 of 4 match').waitFor()
  // Styles of what comes later leave the chip its words.
  await page.waitForLoadState('networkidle')
  const words = chip(page, 'Type Reseller or Referral').getByText('Reseller or Referral')
  expect((await words.boundingBox())?.width).toBeGreaterThan(80)

  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await drawn(page, ['Driftwood', 'Calderon', 'Basalt'])
  const head = page.getByRole('columnheader', { name: 'Name' })
  expect(await head.getAttribute('aria-sort')).toBe('descending')

  await page.getByLabel('Search partners').pressSequentially('asalt')
  await drawn(page, ['Basalt'])
  await isAt(page, '/partners?search=asalt&type=reseller&type=referral&sort=-name')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Domain' }).click()
  await page.getByRole('columnheader', { name: 'Domain' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')

  const shared = await context.newPage()
  await shared.goto(page.url())
  await drawn(shared, ['Basalt'])
  expect(await shared.getByRole('columnheader', { name: 'Domain' }).count()).toBe(0)

  await page.goBack()
  await page.getByRole('columnheader', { name: 'Domain' }).waitFor()
  await page.goBack()
  await drawn(page, ['Basalt', 'Calderon', 'Driftwood'])
  expect(await page.getByLabel('Search partners').inputValue()).toBe('')
  await page.goForward()
  await drawn(page, ['Basalt'])
  expect(await page.getByLabel('Search partners').inputValue()).toBe('asalt')
})

test('a drawer keeps the table behind it, and nothing that matches is not no partners', async () => {
  const { page } = await openDirectory()
  await page.goto('/partners?tag=pilot&sort=-name')
  await drawn(page, ['Calderon', 'Auroral'])
  await row(page, 'Auroral').click()
  await page.getByRole('dialog', { name: 'Auroral' }).waitFor()
  expect(new URL(page.url()).search).toBe('?tag=pilot&sort=-name')
  await page.keyboard.press('Escape')
  await isAt(page, '/partners?tag=pilot&sort=-name')
  await hasFocus(row(page, 'Auroral'))

  await page.getByRole('button', { name: 'Remove filter Tag' }).click()
  await drawn(page, ['Driftwood', 'Calderon', 'Basalt', 'Auroral'])
  await page.getByLabel('Search partners').fill('nobody is called that')
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await page.getByText('0 of 4 match').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await hasFocus(page.getByRole('region', { name: 'All partners' }))
  await drawn(page, ['Driftwood', 'Calderon', 'Basalt', 'Auroral'])
})

test('typing has one request under way at most, shows what was last asked for, and keeps the rows till then', async () => {
  const { page } = await openDirectory()
  const typed = Promise.withResolvers<void>()
  await page.route(LIST, async (route) => {
    await typed.promise
    await route.continue().catch(() => undefined)
  })
  const answered: (string | null)[] = []
  page.on('requestfinished', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/api/partners') answered.push(searchParams.get('search'))
  })
  await page.evaluate(countFetches)
  await page.getByLabel('Search partners').pressSequentially('calderon', { delay: 30 })
  expect(await page.getByRole('rowheader').count()).toBeGreaterThan(0)
  typed.resolve()
  await drawn(page, ['Calderon'])
  expect(answered.at(-1)).toBe('calderon')
  expect(answered.length).toBeLessThan('calderon'.length)
  expect(await page.evaluate(() => Reflect.get(window, 'mostFetches'))).toBe(1)
})

test('who presses a row right after typing gets that partner, and the search stays', async () => {
  const { page } = await openDirectory()
  await page.getByLabel('Search partners').pressSequentially('ca')
  await page.getByRole('link', { name: 'Calderon', exact: true }).click()
  await page.getByRole('dialog').getByText('Calderon').first().waitFor()
  expect(new URL(page.url()).searchParams.get('search')).toBe('ca')
  await page.keyboard.press('Escape')
  await drawn(page, ['Calderon'])
})

test('by keyboard alone one searches, filters, changes a filter and clears all', async () => {
  const { page } = await openDirectory()
  const search = page.getByLabel('Search partners')
  await page.keyboard.press('/')
  await hasFocus(search)
  await page.keyboard.type('dri')
  await drawn(page, ['Driftwood'])
  await page.keyboard.press('Escape')
  await drawn(page, ['Auroral', 'Basalt', 'Calderon', 'Driftwood'])
  await page.keyboard.press('Escape')

  await page.keyboard.press('f')
  await hasFocus(page.getByRole('combobox', { name: 'Filter by' }))
  await page.keyboard.type('reg')
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('combobox', { name: 'Region' }))
  await page.keyboard.type('dach')
  await page.keyboard.press('Enter')
  await drawn(page, ['Basalt', 'Driftwood'])
  await page.keyboard.press('Escape')
  await hasFocus(page.getByRole('button', { name: 'Filter', exact: true }))
  await page.keyboard.press('Tab')
  await hasFocus(chip(page, 'Region DACH'))
  await page.keyboard.press('Enter')
  await page.keyboard.type('nordics')
  await page.keyboard.press('Enter')
  await drawn(page, ['Auroral', 'Basalt', 'Driftwood'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await hasFocus(page.getByRole('button', { name: 'Remove filter Region' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await drawn(page, ['Auroral', 'Basalt', 'Calderon', 'Driftwood'])
})

/** Runs in the page: keeps how many requests for the list were under way at once, as `mostFetches`. */
function countFetches() {
  const fetchNow = window.fetch
  let underWay = 0
  let most = 0
  window.fetch = (input, init) => {
    const path = input instanceof Request ? input.url : input.toString()
    if (!path.includes('/api/partners?')) return fetchNow(input, init)
    underWay += 1
    most = Math.max(most, underWay)
    Reflect.set(window, 'mostFetches', most)
    let over = false
    const end = () => {
      if (!over) underWay -= 1
      over = true
    }
    init?.signal?.addEventListener('abort', end)
    return fetchNow(input, init).finally(end)
  }
}
