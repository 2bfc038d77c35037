import { expect, test } from 'vitest'
import { founder, isAt } from './journey.ts'
import { addPartners, fillPartner, partner, partnerName, partnerNames } from './people.ts'
import { row } from './rows.ts'

const MANY = 300
const DRAWN_AT_MOST = 200

test('scrolling reads three hundred partners page by page, and draws two hundred of them at most', async () => {
  const owner = await founder()
  const { page } = owner
  await addPartners(owner, partnerNames(MANY))
  await page.goto('/partners')
  await page.getByRole('rowheader', { name: partnerName(1) }).waitFor()
  await page.getByText(String(MANY), { exact: true }).waitFor()

  const seen = new Set<string>()
  const list = page.getByRole('region', { name: 'All partners' })
  await list.hover()
  await expect
    .poll(async () => {
      const drawn = await page.getByRole('rowheader').allTextContents()
      expect(drawn.length).toBeLessThanOrEqual(DRAWN_AT_MOST)
      for (const name of drawn) seen.add(name)
      await page.mouse.wheel(0, 700)
      return seen.size
    })
    .toBe(MANY)
  await page.getByRole('rowheader', { name: partnerName(MANY) }).waitFor()
})

test('a list that could not be read says so, and Try again reads it', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/status of 500/)
  await api.post('/api/partners', partner({ name: 'Driftwood' }))
  await page.route(LIST, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      json: { type: '/problems/internal', title: 'Something went wrong on our side.', status: 500 },
    }),
  )
  await page.goto('/partners')
  await page.getByRole('heading', { name: 'Your partners could not be loaded' }).waitFor()
  await page.getByRole('alert').getByText('Something went wrong on our side.').waitFor()
  await page.unroute(LIST)
  await page.getByRole('button', { name: 'Try again' }).click()
  await row(page, 'Driftwood').waitFor()
})

test('without a connection the page says so, keeps what it has, and reads again once there is one', async () => {
  const { page, api, context, noise } = await founder()
  noise.expect(/ERR_INTERNET_DISCONNECTED/)
  await api.post('/api/partners', partner({ name: 'Driftwood' }))
  await page.goto('/partners')
  await row(page, 'Driftwood').waitFor()
  // The drawers are fetched once the table stands, to be at hand without a connection.
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await page.getByText('You are offline. What you see may be out of date.').waitFor()
  await page.getByRole('button', { name: 'Options of All partners' }).click()
  await page.getByRole('menuitem', { name: 'Save as new view…' }).click()
  await page.getByRole('dialog', { name: 'Save view' }).getByRole('button', { name: 'Cancel' }).click()
  await row(page, 'Driftwood').click()
  await page.getByRole('heading', { name: 'This partner could not be loaded' }).waitFor()
  await page
    .getByText(/No connection. Nothing is lost/)
    .first()
    .waitFor()
  await context.setOffline(false)
  await page.getByText('Last edited').waitFor()
  await page.getByText('You are offline. What you see may be out of date.').waitFor({ state: 'detached' })
})

test('a dialog whose code does not come says so above the page, which stays as it is, and can be left', async () => {
  const { page, noise } = await founder()
  noise.expect(/ERR_FAILED/)
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/partners')
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  const search = page.getByLabel('Search partners')
  const before = await search.boundingBox()
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.getByRole('button', { name: 'Filters' }).click()
  const said = page.getByRole('heading', { name: 'This part did not load' })
  await said.waitFor()
  expect(await search.boundingBox()).toEqual(before)
  await page.getByRole('button', { name: 'Close' }).click()
  await said.waitFor({ state: 'detached' })
})

test('a partner that is not there is said to be gone, and the directory stays open behind it', async () => {
  const { page, noise } = await founder()
  noise.expect(/status of 404/)
  await page.goto('/partners/prt_01jd0000000000000000000000')
  await page.getByRole('heading', { name: 'This partner is not here' }).first().waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  // Escapes that are no letters, a way up, the name of another route.
  for (const id of ['%ff', '..%2f..%2fapi%2faccount%2fsessions', 'tags']) {
    await page.goto(`/partners/${id}`)
    await page.getByRole('heading', { name: 'This partner is not here' }).waitFor()
  }
  expect(asked).not.toContain('/api/account/sessions')
  await page.goto('/partners/prt_01jd0000000000000000000000/edit')
  await page.getByRole('button', { name: 'Back to the directory' }).click()
  await isAt(page, '/partners')
})

test('a mistyped address is answered by a page that says so', async () => {
  const { page, noise } = await founder()
  noise.expect(/status of 404/)
  expect((await page.goto('/nowhere/at/all'))?.status()).toBe(404)
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await page.getByRole('link', { name: 'Partners' }).click()
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
})

test('a partner is added where the order of names wants it', async () => {
  const { page, api } = await founder()
  for (const name of ['Auroral', 'zenith']) await api.post('/api/partners', partner({ name }))
  await page.goto('/partners')
  await row(page, 'zenith').waitFor()
  await page.getByRole('button', { name: 'Add partner' }).click()
  await fillPartner(page, 'Ötzi')
  await page.getByRole('button', { name: 'Create partner' }).click()
  await row(page, 'Ötzi').waitFor()
  for (const [index, name] of ['Auroral', 'Ötzi', 'zenith'].entries())
    await page
      .getByRole('row')
      .nth(index + 1)
      .getByRole('link', { name, exact: true })
      .waitFor()
})

const LIST = '**/api/partners?*'
