import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder, hasFocus, isAt, isDescribed, member } from './journey.ts'
import { partner } from './people.ts'
import { row } from './rows.ts'
import type { Visitor } from './visitor.ts'

const drawer = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })

/** Opens the drawer of a new partner at a tab. */
async function openPartner({ page, api }: Visitor, tab = '', changes = {}) {
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Basalt', ...changes }))
  await page.goto(`/partners/${id}${tab && `?tab=${tab}`}`)
  await drawer(page, 'Basalt').getByRole('tab', { name: 'Overview' }).waitFor()
  return id
}

test('keys open a row, step on and back, and closing leads to the row that was seen last', async () => {
  const { page, api } = await founder()
  for (const name of ['Auroral', 'Basalt', 'Calderon']) await api.post('/api/partners', partner({ name }))
  await page.goto('/partners')
  await row(page, 'Auroral').waitFor()
  const { keyboard } = page
  await keyboard.press('j')
  await keyboard.press('Enter')
  await drawer(page, 'Auroral').getByText('Last edited').waitFor()
  await keyboard.press('j')
  await drawer(page, 'Basalt').waitFor()
  await keyboard.press('j')
  const last = drawer(page, 'Calderon')
  await isDescribed(last.getByRole('button', { name: 'Next partner' }), 'This is the last row.')
  await keyboard.press('k')
  await drawer(page, 'Basalt').waitFor()
  await keyboard.press('Escape')
  await isAt(page, '/partners')
  await hasFocus(row(page, 'Basalt'))
})

test('the drawer tells all that is known, names what is not, and its tab stands in the address', async () => {
  const one = await founder()
  const { page } = one
  const id = await openPartner(one, '', {
    industry: 'insurance',
    languages: ['pt-BR'],
    tags: ['co-sell'],
    keyStakeholders: [{ name: 'Robin Delaney', role: 'CTO', side: 'partner', email: 'robin@b.example' }],
    tier: 'gold',
  })
  const open = drawer(page, 'Basalt')
  for (const fact of ['Insurance', 'co-sell', 'Robin Delaney · CTO', /^Tier pinned by Olga Owner on /])
    await open.getByText(fact).waitFor()
  await open.getByText(/^Not filled in: subtype, category, .*joint value proposition\./).waitFor()
  await open.getByRole('tab', { name: 'Scores' }).click()
  await open.getByText(/of what counts is known/).waitFor()
  await isAt(page, `/partners/${id}?tab=scores`)
  await page.reload()
  await open.getByRole('tab', { name: 'Health' }).click()
  await open
    .getByText('Is the relationship working?')
    .or(open.getByText(/^Too little is known/))
    .waitFor()

  await open.getByRole('link', { name: 'Open joint plan' }).click()
  await page.getByRole('heading', { name: 'Joint plan with Basalt' }).waitFor()
  await page.getByRole('link', { name: 'Back to Basalt' }).click()
  await open.waitFor()
})

test('a contact is added, corrected, made primary, and the one before can then be removed', async () => {
  const one = await founder()
  const { page } = one
  await openPartner(one, 'contacts')
  const open = drawer(page, 'Basalt')
  const actions = (name: string) => open.getByRole('button', { name: `Actions for ${name}` })
  await actions('Ingrid Solvang').click()
  await isKept(page, 'Add another contact and make it primary first.')

  await open.getByRole('button', { name: 'Add contact' }).click()
  await page.getByLabel('First name').fill('Naomi')
  await page.getByLabel('Last name').fill('Castellan')
  await page.getByLabel('E-mail').fill('naomi@')
  await page.getByLabel('E-mail').press('Enter')
  await isDescribed(page.getByLabel('E-mail'), 'Enter an e-mail address such as ada@acme.com.')
  await page.getByLabel('E-mail').fill('naomi@basalt.example')
  await page.keyboard.press('Control+Enter')
  await actions('Naomi Castellan').click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByLabel('Last name').fill('Castellane')
  await page.getByLabel('Phone').fill('+47 22 33 44 55')
  await page.getByRole('button', { name: 'Save contact' }).click()

  await actions('Naomi Castellane').click()
  await page.getByRole('menuitem', { name: 'Make primary' }).click()
  await open
    .getByRole('listitem')
    .filter({ hasText: 'Naomi Castellane' })
    .getByText('Primary', { exact: true })
    .waitFor()
  expect(await open.getByText('Primary', { exact: true }).count()).toBe(1)
  await actions('Naomi Castellane').click()
  await isKept(page, 'Make another contact primary first.')
  await actions('Ingrid Solvang').click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page
    .getByRole('dialog', { name: 'Remove Ingrid Solvang?' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await actions('Ingrid Solvang').waitFor({ state: 'detached' })
  await hasFocus(open.getByRole('button', { name: 'Add contact' }))
  await open.getByText('Portal account not claimed yet').waitFor()
})

/** The open menu refuses to remove, says why, and closes. */
async function isKept(page: Page, why: string) {
  await hasFocus(page.getByRole('menuitem', { name: 'Edit' }))
  await page.getByRole('menuitem', { name: 'Remove…' }).filter({ hasText: why }).waitFor()
  await page.keyboard.press('Escape')
}

test('a logged meeting stands in the activity, with who and when, beside what the system recorded', async () => {
  const one = await founder()
  const { page, api } = one
  const id = await openPartner(one, 'activity')
  await api.patch(`/api/partners/${id}`, { version: 1, stage: 'active', tags: ['co-sell'] })
  const open = drawer(page, 'Basalt')
  await open.getByRole('button', { name: 'Log activity' }).first().click()
  const form = page.getByRole('dialog', { name: 'Log activity' })
  await form.getByRole('button', { name: 'Log activity' }).click()
  await isDescribed(form.getByLabel('What happened'), 'Write what happened.')
  await form.getByText('Call', { exact: true }).click()
  await form.getByLabel('Day').fill('2026-03-02')
  await form.getByLabel('What happened').fill('Agreed on the pilot.\nNext: contract.')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Discard this entry?' })
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await form.getByLabel('What happened').press('Control+Enter')
  await open.getByText('Olga Owner logged a call Mar 2, 2026').waitFor()
  await open.getByText('Agreed on the pilot.').waitFor()
  await open.getByText(/^Olga Owner changed stage and tags/).waitFor()
  // The drawer is modal, and what the toast offers can be pressed all the same; it outlives the drawer.
  const toast = page.getByRole('status').filter({ hasText: 'Logged.' })
  await toast.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('Logged.').waitFor({ state: 'detached' })
})

test('two who correct the same contact lose nothing of each other', async () => {
  const one = await founder()
  const { page, api } = one
  const id = await openPartner(one, 'contacts')
  await page.getByRole('button', { name: 'Actions for Ingrid Solvang' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByLabel('Job title').fill('VP Alliances')
  await page.getByLabel('Last name').fill('Solvang-Moe')
  const { items } = await api.get<{ items: { id: string }[] }>(`/api/partners/${id}/contacts`)
  await api.patch(`/api/partners/${id}/contacts/${items[0]?.id}`, {
    version: 1,
    lastName: 'Solvang Moe',
    phone: '+47 22 33 44 55',
  })
  const save = page.getByRole('button', { name: 'Save contact' })
  await save.click()
  await isDescribed(
    page.getByLabel('Last name'),
    'Meanwhile this became “Solvang Moe”. Save again to keep yours.',
  )
  expect(await page.getByLabel('Phone').inputValue()).toBe('+47 22 33 44 55')
  await save.click()
  await save.waitFor({ state: 'detached' })
  expect(await api.get(`/api/partners/${id}/contacts`)).toMatchObject({
    items: [{ lastName: 'Solvang-Moe', title: 'VP Alliances', phone: '+47 22 33 44 55' }],
  })
})

test('a viewer reads all of it and learns why nothing can be changed', async () => {
  const owner = await founder()
  const id = await openPartner(owner)
  const { page } = await member(owner, 'viewer')
  const reason = 'Your role is Viewer; this needs Manager or higher.'
  // A link to the edit drawer shows what a viewer may see.
  await page.goto(`/partners/${id}/edit`)
  const open = drawer(page, 'Basalt')
  for (const name of [/^Edit/, 'Log activity']) await isDescribed(open.getByRole('button', { name }), reason)
  await open.getByRole('tab', { name: /^Contacts/ }).click()
  await isDescribed(open.getByRole('button', { name: 'Add contact' }), reason)
})

test('a partner that is deleted meanwhile is said to be gone, and the way back is there', async () => {
  const one = await founder()
  const { page, api, noise } = one
  noise.expect(/status of 404/)
  const id = await openPartner(one)
  await api.delete(`/api/partners/${id}`)
  const open = drawer(page, 'Basalt')
  await open.getByRole('button', { name: 'Log activity' }).click()
  await page.getByLabel('What happened').fill('Called them.')
  await page.getByLabel('What happened').press('Control+Enter')
  await page.getByRole('heading', { name: 'This partner is not here' }).waitFor()
  await page.getByRole('button', { name: 'Back to the directory' }).click()
  await isAt(page, '/partners')
})
