import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder, hasFocus, isAt, isDescribed, member } from './journey.ts'
import { partner } from './people.ts'
import { editTier, openProgram } from './program-scenes.ts'
import { press } from './scene.ts'
import { NARROW } from './scenes.ts'

const SILVER = 'Registered technology partner'
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })

/** Makes the silver tier of technology partners ask for certifications alone. */
async function askForCertifications(page: Page, count: string) {
  const form = await editTier(page, SILVER)
  await form.getByLabel('Metric').selectOption('Certifications')
  await form.getByLabel('Value').fill(count)
  await press(form, 'Done')
}

async function save(page: Page) {
  await press(page, 'Save…')
  const question = dialog(page, 'Save and apply the programme?')
  await press(question, /^Save and apply/)
  await question.waitFor({ state: 'detached' })
  // What was said of a save before may still stand.
  await page.getByText('The programme is saved.').last().waitFor()
}

test('a rule is tried, saved and applied, and a version of before comes back', async () => {
  const { page, api } = await founder()
  const { id } = await api.post<{ id: string }>(
    '/api/partners',
    partner({ name: 'Auroral', certifications: 3 }),
  )
  await openProgram({ page })
  await askForCertifications(page, '2')
  await press(page, 'Try it')
  await page.getByText('1 of 1 partner would move: 1 up.').waitFor()
  await page.getByText('Certifications at least 2, has 3').waitFor()
  const link = page.getByRole('link', { name: 'Auroral' })
  expect(await link.getAttribute('href')).toBe(`/partners/${id}`)

  const form = await editTier(page, SILVER)
  await form.getByLabel('Value').fill('4')
  await page.getByText('This is out of date').waitFor()
  await press(page, 'Try it again')
  await page.getByText('The one partner would not move.').waitFor()
  await form.getByLabel('Value').fill('3')
  await form.getByLabel('Benefits').fill('- **20 %** margin\n- [Sales kit](https://kit.vendor.example)')
  await press(page, 'Save…')
  await press(page, 'Save and apply 1 move')
  await page.getByText('The programme is saved.').waitFor()
  await page.getByText('Everything is saved').waitFor()
  await expect.poll(() => tierOf()).toBe('silver')
  const profile = await page.context().newPage()
  await profile.goto(`/partners/${id}`)
  const tier = profile.getByRole('region', { name: 'Tier', exact: true })
  await tier.getByText('20 %', { exact: true }).waitFor()
  expect(await tier.getByRole('link', { name: 'Sales kit' }).getAttribute('rel')).toContain('noopener')
  await profile.close()

  await press(page, 'Versions')
  await press(page, 'Compare version 1')
  const drawer = dialog(page, 'Versions of the programme')
  await drawer.getByText('Certifications at least 3').waitFor()
  await drawer.getByText('Fit at least 50').waitFor()
  await press(drawer, 'Restore version 1 into the editor')
  await page.getByText('Version 1 is in the editor.').waitFor()
  await save(page)
  await press(page, 'Versions')
  await page.getByText('Version 3').waitFor()
  await page.keyboard.press('Escape')

  // On a phone the outcome comes to where one is, and leaves one there.
  await page.setViewportSize(NARROW)
  await press(page, 'Try it')
  const sheet = dialog(page, 'Who would move')
  await sheet.getByText('1 of 1 partner would move: 1 out.').waitFor()
  await hasFocus(sheet.getByRole('heading', { name: 'Who would move' }))
  await page.keyboard.press('Escape')
  await hasFocus(page.getByRole('button', { name: 'Try it' }))
  const { tracks } = await api.get<{ tracks: { tiers: { rules: unknown }[] }[] }>('/api/program')
  expect(tracks[0]?.tiers[2]?.rules).toEqual([{ metric: 'fit', op: 'gte', value: 50 }])

  async function tierOf() {
    const { tier } = await api.get<{ tier: string | null }>(`/api/partners/${id}`)
    return tier
  }
})

test('tracks and rules change by keyboard alone', async () => {
  const { page, api } = await founder()
  await page.goto('/partners')
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: 'Programme' }).waitFor()
  await page.keyboard.type('programme')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Technology track' }).waitFor()
  await hasFocus(page.getByRole('heading', { name: 'Programme' }))
  await tabTo(page, 'Move Technology track down')
  await page.keyboard.press('Enter')
  await page.getByText('Technology track is now 2 of 3.').waitFor({ state: 'attached' })
  await hasFocus(page.getByRole('button', { name: 'Move Technology track down' }))
  await page.keyboard.press('Alt+ArrowDown')
  await hasFocus(page.getByRole('button', { name: 'Move Technology track up' }))

  await tabTo(page, 'Edit Elite technology partner')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Inner circle')
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('button', { name: 'Edit Inner circle' }))
  await page.keyboard.press('Tab')
  await tabTo(page, 'Remove Advanced technology partner')
  await page.keyboard.press('Enter')
  await page.getByText('Advanced technology partner is removed once you save.').waitFor()
  await tabTo(page, 'Undo')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Advanced technology partner' }).waitFor()

  await tabTo(page, 'Save…')
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('button', { name: 'Save and apply' }))
  await page.getByText('There are no partners yet').last().waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('The programme is saved.').waitFor()
  const { tracks } = await api.get<{ tracks: { name: string; tiers: { name: string }[] }[] }>('/api/program')
  expect(tracks.map(({ name }) => name)).toEqual(['Reseller track', 'Referral track', 'Technology track'])
  expect(tracks[2]?.tiers.map(({ name }) => name)).toEqual([
    'Inner circle',
    'Advanced technology partner',
    SILVER,
  ])
})

test('what the server refuses stands at its field, and nothing unsaved is lost', async () => {
  const { page } = await founder()
  await page.goto('/partners')
  await page.getByRole('link', { name: 'Programme' }).click()
  const form = await editTier(page, SILVER)
  await press(form, 'Add a rule')
  await form.getByLabel('Comparison').last().selectOption('at most')
  await form.getByLabel('Value').last().fill('20')
  await press(form, 'Done')
  await press(page, 'Save…')
  await isDescribed(form.getByLabel('Value').last(), /No partner can meet this/)
  await hasFocus(form.getByLabel('Value').last())

  await page.getByRole('link', { name: 'Partners', exact: true }).click()
  await press(dialog(page, 'Discard your changes?'), 'Keep editing')
  await page.evaluate(() => history.back())
  await press(dialog(page, 'Discard your changes?'), 'Keep editing')
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: 'Members' }).waitFor()
  await page.keyboard.type('members')
  await page.keyboard.press('Enter')
  await press(dialog(page, 'Discard your changes?'), 'Keep editing')

  const warning = page.waitForEvent('dialog')
  await page.evaluate(() => setTimeout(() => location.reload()))
  expect((await warning).type()).toBe('beforeunload')

  // A tab that is opened from this one takes the draft along, as one that is restored does.
  const opened = page.waitForEvent('popup')
  await page.evaluate(() => void window.open('/program'))
  const other = await opened
  await other.getByText('You have changes here that are not saved yet.').waitFor()
  await other.getByText('Fit at most 20').waitFor()
  await page.getByRole('link', { name: 'Partners', exact: true }).click()
  await press(dialog(page, 'Discard your changes?'), 'Discard')
  await isAt(page, '/partners')
})

test('of two who edit at once, the second is told who was first, and chooses', async () => {
  const owner = await founder()
  const admin = await member(owner, 'admin')
  const { page } = owner
  await openProgram(owner)
  await openProgram(admin)
  await askForCertifications(page, '2')
  await press(admin.page, 'Remove Referral track')
  await save(admin.page)
  await press(page, 'Save…')
  await page.getByText('Vera admin saved the programme while you were editing').waitFor()
  await press(page, 'Look at theirs')
  await dialog(page, 'What Vera admin changed').getByRole('heading', { name: 'Referral track' }).waitFor()
  await page.keyboard.press('Escape')
  await press(page, 'Keep mine')
  await save(page)
  await page.getByRole('heading', { name: 'Referral track' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Referral track' }).waitFor()
  await page.getByText('Certifications at least 2').waitFor()
})

test('what becomes of partners who are pinned to a tier is said before the tier goes', async () => {
  const { page, api } = await founder()
  const { tracks } = await api.get<{ tracks: { tiers: { id: string }[] }[] }>('/api/program')
  const programTierId = tracks[0]?.tiers[0]?.id
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ programTierId }))
  await openProgram({ page })
  await press(page, 'Remove Elite technology partner')
  await press(page, 'Save…')
  const words = '1 partner is pinned to Elite technology partner. It keeps its level'
  await dialog(page, 'Save and apply the programme?').getByText(words).waitFor()
  await press(page, 'Save and apply')
  await page.getByText('The programme is saved.').waitFor()
  expect(await api.get(`/api/partners/${id}`)).toMatchObject({
    tier: 'platinum',
    tierSource: 'manual',
    programTierId: null,
  })
})

test('how far everybody has been evaluated is told until it ends', async () => {
  const { page } = await founder()
  const steps = [10, 25, 40]
  await page.route('**/api/scoring/progress', (route) =>
    route.fulfill({ json: { total: 40, done: steps.length > 1 ? steps.shift() : steps[0] } }),
  )
  await openProgram({ page })
  await page.getByText('Evaluating partners: 25 of 40').waitFor()
  expect(await page.getByRole('progressbar').getAttribute('max')).toBe('40')
  await page.getByText('Every partner is evaluated.').waitFor()
  expect(await page.getByRole('progressbar').count()).toBe(0)
})

test('a manager reads the programme and learns who may change it', async () => {
  const owner = await founder()
  const { page } = await member(owner, 'manager')
  await openProgram({ page })
  await page.getByText('Your role is Manager; this needs Admin or higher.').first().waitFor()
  for (const name of ['Add track', 'Try it', 'Save…', `Edit ${SILVER}`, 'Remove Technology track'])
    await isDescribed(page.getByRole('button', { name }), 'this needs Admin or higher')
  await press(page, 'Versions')
  await dialog(page, 'Versions of the programme').getByText('Version 1').waitFor()
})

/** Presses Tab until this button has the focus. */
async function tabTo(page: Page, name: string) {
  const button = page.getByRole('button', { name, exact: true })
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await button.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${name}.`)
}
