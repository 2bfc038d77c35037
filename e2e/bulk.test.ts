import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { demo, elsewhere, founder, hasFocus, isAt } from './journey.ts'
import { addPartners, type Person, partner, partnerName, partnerNames } from './people.ts'
import { row } from './rows.ts'
import type { Api } from './visitor.ts'

const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
const endOf = (box: { x: number; width: number } | null) => (box ? box.x + box.width : 0)
const bar = (page: Page) => page.getByRole('region', { name: 'Chosen partners' })

/** How many partners match, by the API. */
const countOf = async (api: Api, query = '') =>
  (await api.get<{ total: number }>(`/api/partners?limit=1&${query}`)).total

/** The owner of an organisation with so many partners, looking at them. */
async function openMany(count: number) {
  const owner = await founder()
  await addPartners(owner, partnerNames(count))
  await open(owner.page)
  return owner
}

async function open(page: Page, query = '') {
  await page.goto(`/partners${query}`)
  await row(page, partnerName(1)).waitFor()
}

test('a range gets a stage, what somebody changes meanwhile stays, and the rest is taken back', async () => {
  const { page, api } = await openMany(6)
  await box(page, partnerName(2)).click()
  await box(page, partnerName(4)).click({ modifiers: ['Shift'] })
  await bar(page).getByText('3 selected').waitFor()
  await row(page, partnerName(3)).click()
  await page.getByRole('dialog', { name: partnerName(3) }).waitFor()
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
  const other = items.find(({ name }) => name === partnerName(3))
  await api.patch(`/api/partners/${other?.id}`, { version: other?.version, stage: 'dormant' })
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('button', { name: 'Undo last change' }).click()
  await page.getByText('2 partners restored, 1 had been changed since').waitFor()
  await page.getByRole('cell', { name: 'Dormant', exact: true }).waitFor()
  await expect.poll(() => page.getByRole('cell', { name: 'At risk', exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Undo last change' }).waitFor({ state: 'detached' })
})

const OVER_ONE_CALL = 1_004

/** An organisation whose partners no single call edits. They take their time to add, so journeys share them. */
let crowd: Promise<Person> | undefined

async function foundCrowd() {
  const owner = await founder()
  await addPartners(owner, partnerNames(OVER_ONE_CALL))
  return owner
}

/** The owner of that organisation, in a browser of their own, looking at its partners. */
async function inCrowd(query = '') {
  crowd ??= foundCrowd()
  const person = await elsewhere(await crowd)
  await open(person.page, query)
  return person
}

async function chooseAll(page: Page) {
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).click()
  await bar(page).getByRole('button', { name: 'Select all 1,004 that match' }).click()
  await bar(page).getByText('1,004 selected').waitFor()
}

/** Holds a call back, until it is let go. */
async function hold(page: Page, path: string, call: number) {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  let calls = 0
  await page.route(path, async (route) => {
    calls += 1
    if (calls === call) await held
    await route.continue()
  })
  return { letGo, calls: () => calls }
}

test('all that match get a manager call by call, and what another adds meanwhile is asked about', async () => {
  const { page, api, name } = await inCrowd('?group=type')
  await chooseAll(page)
  const { letGo, calls } = await hold(page, '**/api/partners/bulk', 2)
  await bar(page).getByRole('button', { name: 'Set manager' }).click()
  await page.getByRole('combobox', { name: 'Set manager' }).pressSequentially('olga')
  await page.getByRole('option', { name }).waitFor()
  await page.keyboard.press('Enter')
  await bar(page).getByText('1,000 of 1,004…').waitFor()
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Zenith' }))
  letGo()
  await bar(page).getByText('5 are left now, not 4').waitFor()
  await bar(page).getByRole('button', { name: 'Continue with 5' }).click()
  await page.getByText(`1,005 partners are now managed by ${name}`, { exact: true }).waitFor()
  expect(await countOf(api, 'manager=none')).toBe(0)
  expect(calls()).toBe(3)

  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await page.getByText('1,005 partners restored').waitFor()
  expect(await countOf(api, 'manager=none')).toBe(1_005)
  await api.delete(`/api/partners/${id}`)
}, 120_000)

test('an edit that is stopped ends after its call, says how far it came, and that much is taken back', async () => {
  const { page, api } = await inCrowd()
  await chooseAll(page)
  await bar(page).getByText('Unticking one keeps only the 99 others that are loaded.').waitFor()
  const { letGo, calls } = await hold(page, '**/api/partners/bulk', 1)
  await bar(page).getByRole('button', { name: 'Set stage' }).click()
  await page.getByRole('option', { name: 'Dormant' }).click()
  await bar(page).getByRole('button', { name: 'Stop' }).click()
  letGo()
  await page.getByText('Stopped: 1,000 partners are now Dormant. 4 are as they were').waitFor()
  expect(calls()).toBe(1)
  expect(await countOf(api, 'stage=dormant')).toBe(1_000)
  await page.getByRole('button', { name: 'Undo last change' }).click()
  await page.getByText('1,000 partners restored').waitFor()
  expect(await countOf(api, 'stage=dormant')).toBe(0)
}, 120_000)

test('more than a thousand are deleted call by call, once their number is typed', async () => {
  const { page, api } = await inCrowd()
  await chooseAll(page)
  await bar(page).getByRole('button', { name: 'Delete selected…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete 1,004 partners?' })
  await dialog.getByLabel('Type 1,004 to confirm').fill('1,004')
  const { letGo, calls } = await hold(page, '**/api/partners/delete', 2)
  await page.keyboard.press('Enter')
  const running = page.getByRole('dialog', { name: 'Deleting 1,004 partners' })
  await running.getByText('1,000 of 1,004 deleted').waitFor()
  letGo()
  await page.getByText('1,004 partners are deleted').waitFor()
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  expect(calls()).toBe(2)
  expect(await countOf(api)).toBe(0)
}, 120_000)

test('eleven are deleted once their number is typed, and a lost connection only asks again', async () => {
  const { page, api, noise } = await openMany(12)
  noise.expect(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/)
  await box(page, partnerName(1)).click()
  await box(page, partnerName(11)).click({ modifiers: ['Shift'] })
  await bar(page).getByRole('button', { name: 'Delete selected…' }).click()
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
  await row(page, partnerName(1)).waitFor({ state: 'detached' })
  await row(page, partnerName(12)).waitFor()
  await bar(page).waitFor({ state: 'detached' })
  expect(await countOf(api)).toBe(1)
})

test('an edit whose answer is lost is taken back, or made again under the same name, whole', async () => {
  const { page, api, noise } = await openMany(3)
  noise.expect(/ERR_FAILED/)
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
  const { page, api, noise } = await openMany(3)
  noise.expect(/status of 404/)
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).click()
  const { items } = await api.get<{ items: { id: string }[] }>('/api/partners')
  await api.delete(`/api/partners/${items[1]?.id}`)
  await bar(page).getByRole('button', { name: 'Set tier' }).click()
  await page.getByRole('option', { name: 'Gold' }).click()
  await bar(page).getByText('One of them has been deleted meanwhile.').waitFor()
  await row(page, partnerName(2)).waitFor({ state: 'detached' })
  await bar(page).getByRole('button', { name: 'Continue with 2' }).click()
  await page.getByText('2 partners are pinned to Gold', { exact: true }).waitFor()
})

test('the keyboard alone chooses, tags, opens a row’s menu and deletes one', async () => {
  const { page, api } = await openMany(4)
  for (const key of ['j', 'x', 'J', 'J', 'K']) await page.keyboard.press(key)
  await hasFocus(row(page, partnerName(2)))
  await bar(page).getByText('2 selected').waitFor()
  await bar(page).getByRole('button', { name: 'Tags' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Tags of 2 partners' }).waitFor()
  await page.getByLabel('Add', { exact: true }).focus()
  // As a paste does it, and a keyboard on a screen: without a key for the comma.
  await page.keyboard.insertText('co-sell, ')
  await page.keyboard.press('Control+Enter')
  await page.getByText('2 partners are now tagged “co-sell”', { exact: true }).waitFor()
  expect(await countOf(api, 'tag=co-sell')).toBe(2)
  await bar(page).getByRole('button', { name: 'Tags' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Add', { exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('option', { name: 'co-sell' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Enter a tag to add, or one to remove.').waitFor()
  // What would cover the words has gone.
  expect(await page.getByRole('listbox').count()).toBe(0)
  await page.keyboard.press('Escape')
  await row(page, partnerName(2)).focus()
  await page.keyboard.press('Escape')
  await bar(page).waitFor({ state: 'detached' })

  const button = page.getByRole('button', { name: `Actions for ${partnerName(2)}` })
  await button.focus()
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('menuitem', { name: 'View' }))
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: `Delete ${partnerName(2)}?` })
  await hasFocus(dialog.getByRole('button', { name: 'Cancel' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(`${partnerName(2)} is deleted`).waitFor()
  await row(page, partnerName(2)).waitFor({ state: 'detached' })
  await hasFocus(page.getByRole('region', { name: 'All partners' }))
  await isAt(page, '/partners')
})

test('an edit whose ten minutes are over is not offered to be taken back, and one that is asked for is explained', async () => {
  const { page, noise } = await openMany(2)
  noise.expect(/status of 404/)
  const undo = page.getByRole('button', { name: 'Undo last change' })
  const change = async (name: string, stage: string) => {
    await box(page, name).click()
    await bar(page).getByRole('button', { name: 'Set stage' }).click()
    await page.getByRole('option', { name: stage }).click()
    await undo.waitFor()
  }
  await change(partnerName(1), 'Dormant')
  // A computer that slept may not know the time yet; the server does, and says what it says of an edit that is over.
  await page.route('**/undo', (route) =>
    route.fulfill({ status: 404, json: { type: '/problems/not-found', title: 'Not found.', status: 404 } }),
  )
  await undo.click()
  await page.getByText('The ten minutes are over: this edit can no longer be undone').waitFor()
  await undo.waitFor({ state: 'detached' })

  await page.clock.install()
  await change(partnerName(2), 'At risk')
  await page.clock.fastForward('09:00')
  await undo.waitFor()
  await page.clock.fastForward('01:30')
  await undo.waitFor({ state: 'detached' })
})

test('a viewer may choose, and reads why nothing can be done with it', async () => {
  const { page } = await demo('viewer@demo.example')
  await page.goto('/partners')
  await box(page, 'Auroral Systems').click()
  const reason = 'Your role is Viewer; this needs Manager or higher.'
  for (const name of ['Set manager', 'Set stage', 'Set tier', 'Tags'])
    await bar(page).getByRole('button', { name, description: reason, disabled: true }).waitFor()
  const toDelete = 'Your role is Viewer; this needs Admin or higher.'
  await bar(page).getByRole('button', { name: 'Delete selected…', description: toDelete }).waitFor()
  // All of it is within reach on a tablet, too.
  await page.setViewportSize({ width: 840, height: 800 })
  const whole = await bar(page).boundingBox()
  const last = await bar(page).getByRole('button', { name: 'Delete selected…' }).boundingBox()
  expect(endOf(last)).toBeLessThan(endOf(whole))
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
