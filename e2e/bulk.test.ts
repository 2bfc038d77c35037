import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { demo, founder, hasFocus, isAt } from './journey.ts'
import { partner } from './people.ts'
import { row } from './rows.ts'
import type { Api } from './visitor.ts'

const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
const bar = (page: Page) => page.getByRole('region', { name: 'Chosen partners' })
const nameOf = (number: number) => `Partner ${String(number).padStart(4, '0')}`

async function addMany(api: Api, count: number) {
  const names = Array.from({ length: count }, (_, index) => nameOf(index + 1))
  for (let at = 0; at < count; at += 25)
    await Promise.all(names.slice(at, at + 25).map((name) => api.post('/api/partners', partner({ name }))))
}

/** How many partners a search finds by the API, and how the table counts them. */
const countOf = async (api: Api, query: string) => {
  const { items } = await api.get<{ items: unknown[] }>(`/api/partners?${query}&limit=100`)
  return items.length
}

async function openMany(page: Page, query = '') {
  await page.goto(`/partners${query}`)
  await row(page, nameOf(1)).waitFor()
}

test('a range gets a stage, what somebody changes meanwhile stays, and the rest is taken back', async () => {
  const { page, api } = await founder()
  await addMany(api, 6)
  await openMany(page)
  await box(page, nameOf(2)).click()
  await box(page, nameOf(4)).click({ modifiers: ['Shift'] })
  await bar(page).getByText('3 selected').waitFor()
  await row(page, nameOf(3)).click()
  await page.getByRole('dialog', { name: nameOf(3) }).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await bar(page).getByText('3 selected').waitFor()

  await bar(page).getByRole('button', { name: 'Set stage' }).click()
  await page.getByRole('option', { name: 'At risk' }).click()
  await page.getByText('3 partners are now At risk', { exact: true }).waitFor()
  await expect.poll(() => page.getByRole('cell', { name: 'At risk', exact: true }).count()).toBe(3)
  expect(await countOf(api, 'stage=at-risk')).toBe(3)

  const { items } = await api.get<{ items: { id: string; version: number; name: string }[] }>(
    '/api/partners?stage=at-risk',
  )
  const other = items.find(({ name }) => name === nameOf(3))
  await api.patch(`/api/partners/${other?.id}`, { version: other?.version, stage: 'dormant' })
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Undo last change' }).click()
  await page.getByText('2 partners restored, 1 had been changed since').waitFor()
  await page.getByRole('cell', { name: 'Dormant', exact: true }).waitFor()
  await expect.poll(() => page.getByRole('cell', { name: 'At risk', exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Undo last change' }).waitFor({ state: 'detached' })
})

const OVER_ONE_CALL = 1_004

test('all that match get a manager call by call, and what another adds meanwhile is asked about', async () => {
  const { page, api, name } = await founder()
  await addMany(api, OVER_ONE_CALL)
  await openMany(page, '?group=type')
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).click()
  await bar(page).getByRole('button', { name: 'Select all 1,004 that match' }).click()
  await bar(page).getByText('1,004 selected').waitFor()

  let calls = 0
  let goOn: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  await page.route('**/api/partners/bulk', async (route) => {
    calls += 1
    if (calls === 2) await held
    await route.continue()
  })
  await bar(page).getByRole('button', { name: 'Set manager' }).click()
  await page.getByRole('combobox', { name: 'Set manager' }).pressSequentially('olga')
  await page.getByRole('option', { name }).waitFor()
  await page.keyboard.press('Enter')
  await bar(page).getByText('1,000 of 1,004…').waitFor()
  await bar(page).getByRole('button', { name: 'Stop' }).waitFor()
  await api.post('/api/partners', partner({ name: 'Zenith' }))
  goOn()
  await bar(page).getByText('5 are left now, not 4').waitFor()
  await bar(page).getByRole('button', { name: 'Continue with 5' }).click()
  await page.getByText(`1,005 partners are now managed by ${name}`, { exact: true }).waitFor()
  expect(await countOf(api, 'manager=none')).toBe(0)
  expect(calls).toBe(3)

  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await page.getByText('1,005 partners restored').waitFor()
  expect(await countOf(api, 'manager=none')).toBe(100)
}, 120_000)

test('eleven are deleted once their number is typed, and a lost connection only asks again', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/)
  await addMany(api, 12)
  await openMany(page)
  await box(page, nameOf(1)).click()
  await box(page, nameOf(11)).click({ modifiers: ['Shift'] })
  await bar(page).getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete 11 partners?' })
  const go = dialog.getByRole('button', { name: 'Delete 11 partners' })
  expect(await go.getAttribute('aria-disabled')).toBe('true')
  await dialog.getByLabel('Type 11 to confirm').fill('12')
  await page.keyboard.press('Enter')
  expect(await go.getAttribute('aria-disabled')).toBe('true')
  await dialog.getByLabel('Type 11 to confirm').fill('11')
  await page.route('**/api/partners/delete', (route) => route.abort(), { times: 1 })
  await go.click()
  await dialog
    .getByRole('alert')
    .getByText(/Nothing is lost/)
    .waitFor()
  await go.click()
  await page.getByText('11 partners are deleted').waitFor()
  await row(page, nameOf(1)).waitFor({ state: 'detached' })
  await row(page, nameOf(12)).waitFor()
  await bar(page).waitFor({ state: 'detached' })
  expect(await countOf(api, '')).toBe(1)
})

test('an edit whose answer is lost is taken back, or made again under the same name, whole', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/ERR_FAILED/)
  await addMany(api, 3)
  await openMany(page)
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).click()
  const loseAnswer = async (stage: string) => {
    await page.route(
      '**/api/partners/bulk',
      async (route) => {
        await route.fetch()
        await route.abort()
      },
      { times: 1 },
    )
    await bar(page).getByRole('button', { name: 'Set stage' }).click()
    await page.getByRole('option', { name: stage }).click()
    await bar(page)
      .getByText(/No connection/)
      .waitFor()
  }
  await loseAnswer('At risk')
  expect(await countOf(api, 'stage=at-risk')).toBe(3)
  await bar(page).getByRole('button', { name: 'Stop here' }).click()
  await page.getByText('No answer came, and partners may have been changed').waitFor()
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await page.getByText('3 partners restored').waitFor()
  expect(await countOf(api, 'stage=prospect')).toBe(3)

  await loseAnswer('Dormant')
  await bar(page).getByRole('button', { name: 'Try again' }).click()
  await page.getByText('3 partners are now Dormant', { exact: true }).waitFor()
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => countOf(api, 'stage=prospect')).toBe(3)
})

test('whoever was deleted by another is said to be gone, and the rest goes on', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/status of 404/)
  await addMany(api, 3)
  await openMany(page)
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).click()
  const { items } = await api.get<{ items: { id: string }[] }>('/api/partners')
  await api.delete(`/api/partners/${items[1]?.id}`)
  await bar(page).getByRole('button', { name: 'Set tier' }).click()
  await page.getByRole('option', { name: 'Gold' }).click()
  await bar(page).getByText('One of them has been deleted meanwhile.').waitFor()
  await row(page, nameOf(2)).waitFor({ state: 'detached' })
  await bar(page).getByRole('button', { name: 'Continue with 2' }).click()
  await page.getByText('2 partners are pinned to Gold', { exact: true }).waitFor()
})

test('the keyboard alone chooses, tags, opens a row’s menu and deletes one', async () => {
  const { page, api } = await founder()
  await addMany(api, 4)
  await openMany(page)
  for (const key of ['j', 'x', 'J', 'J', 'K']) await page.keyboard.press(key)
  await hasFocus(row(page, nameOf(2)))
  await bar(page).getByText('2 selected').waitFor()
  await bar(page).getByRole('button', { name: 'Tags' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Tags of 2 partners' }).waitFor()
  await page.getByLabel('Add', { exact: true }).focus()
  await page.keyboard.type('co-sell,')
  await page.keyboard.press('Control+Enter')
  await page.getByText('2 partners are now tagged “co-sell”', { exact: true }).waitFor()
  expect(await countOf(api, 'tag=co-sell')).toBe(2)
  await row(page, nameOf(2)).focus()
  await page.keyboard.press('Escape')
  await bar(page).waitFor({ state: 'detached' })

  const button = page.getByRole('button', { name: `Actions for ${nameOf(2)}` })
  await button.focus()
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('menuitem', { name: 'View' }))
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: `Delete ${nameOf(2)}?` })
  await hasFocus(dialog.getByRole('button', { name: 'Cancel' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(`${nameOf(2)} is deleted`).waitFor()
  await row(page, nameOf(2)).waitFor({ state: 'detached' })
  await isAt(page, '/partners')
})

test('a viewer may choose, and reads why nothing can be done with it', async () => {
  const { page } = await demo('viewer@demo.example')
  await page.goto('/partners')
  await box(page, 'Auroral Systems').click()
  const reason = 'Your role is Viewer; this needs Manager or higher.'
  for (const name of ['Set manager', 'Set stage', 'Set tier', 'Tags'])
    await bar(page).getByRole('button', { name, description: reason, disabled: true }).waitFor()
  await bar(page)
    .getByRole('button', { name: 'Delete…', description: 'Your role is Viewer; this needs Admin or higher.' })
    .waitFor()
  await bar(page).getByRole('button', { name: 'Set stage' }).click({ force: true })
  expect(await page.getByRole('listbox').count()).toBe(0)
  await page.getByRole('button', { name: 'Actions for Auroral Systems' }).click()
  await page
    .getByRole('menuitem', { name: 'Delete…' })
    .getByText(/this needs Admin/)
    .waitFor()
  await page.getByRole('menuitem', { name: 'Open joint plan' }).click()
  await page.getByRole('heading', { name: 'Joint plans come later' }).waitFor()
})
