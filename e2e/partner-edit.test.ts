import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { elsewhere, founder, hasFocus, isAt, isDescribed, member, signIn } from './journey.ts'
import { fresh, partner } from './people.ts'
import { row } from './rows.ts'
import type { Api } from './visitor.ts'

interface Saved {
  id: string
  version: number
  [field: string]: unknown
}

const save = (page: Page) => page.getByRole('button', { name: 'Save changes' })
const newPartner = (api: Api, changes = {}) =>
  api.post<Saved>('/api/partners', partner({ name: 'Basalt', ...changes }))

async function openEdit(page: Page, id: string) {
  await page.goto(`/partners/${id}/edit`)
  await page.getByLabel('Company name').waitFor()
}

test('every field is edited by somebody who never touches the mouse, and the row changes at once', async () => {
  const { page, api } = await founder()
  const { id } = await newPartner(api)
  await newPartner(api, { name: 'Auroral', tags: ['co-sell'] })
  const domain = `${fresh('renamed')}.example`
  await page.goto('/partners')
  await row(page, 'Basalt').focus()
  await page.keyboard.press('e')
  const field = (label: string) => page.getByLabel(label, { exact: true })
  await field('Company name').fill('Basalt & Bloom')
  await field('Domain').fill(`https://www.${domain}/`)
  await field('Type').selectOption('Reseller')
  await field('Subtype').fill('white')
  await field('Subtype').press('ArrowDown')
  await field('Subtype').press('Enter')
  await field('Category').selectOption('Sales')
  await field('Industry').selectOption('Insurance')
  await field('Region').selectOption('Benelux')
  await choose(page, 'Further regions', 'fran')
  await choose(page, 'Languages', 'German')
  await field('Languages').fill('pt-br')
  await field('Languages').press('Enter')
  await field('Stage').selectOption('Scaling')
  await field('Track').selectOption({ index: 1 })
  await field('Partner manager').selectOption({ index: 1 })
  await field('Partner-side lead').selectOption('Ingrid Solvang')
  await page.getByRole('group', { name: 'Rating' }).getByRole('radio', { name: '4' }).press('Space')
  await page.getByRole('group', { name: 'Pulse' }).getByRole('radio', { name: '2' }).press('Space')
  await field('Certifications').fill('12')
  await choose(page, 'Tags', 'co')
  // Left without Enter, it is added all the same.
  await field('Tags').fill('new tag')
  await field('Joint value proposition').fill('One schedule.')
  await page.getByRole('button', { name: 'Add a stakeholder' }).press('Enter')
  await hasFocus(field('Name'))
  await field('Name').fill('Robin Delaney')
  await field('Role').fill('CTO')
  await field('Role').press('Control+Enter')

  await isAt(page, '/partners')
  await page.getByRole('status').getByText('Basalt & Bloom is saved.').waitFor()
  const changed = page.getByRole('row', { name: /Basalt & Bloom/ })
  for (const words of ['Reseller', 'Scaling', 'Benelux', domain]) await changed.getByText(words).waitFor()
  const { tags, pulseAt, ...saved } = await api.get<Saved>(`/api/partners/${id}`)
  expect(new Set([tags].flat())).toEqual(new Set(['co-sell', 'new tag']))
  expect(pulseAt).not.toBeNull()
  expect(saved).toMatchObject({
    version: 2,
    domain,
    type: 'reseller',
    subtype: 'White label',
    category: 'sales',
    industry: 'insurance',
    regions: ['france'],
    languages: ['de', 'pt-BR'],
    stage: 'scaling',
    trackId: expect.stringMatching(/^trk_/),
    manager: { name: 'Olga Owner' },
    partnerLead: { name: 'Ingrid Solvang' },
    rating: 4,
    pulse: 2,
    certifications: 12,
    jointValueProposition: 'One schedule.',
    keyStakeholders: [{ name: 'Robin Delaney', role: 'CTO', side: 'partner', email: null }],
  })
})

/** Takes the first suggestion for what is typed. */
async function choose(page: Page, label: string, typed: string) {
  const field = page.getByLabel(label, { exact: true })
  await field.fill(typed)
  await field.press('ArrowDown')
  await field.press('Enter')
}

test('of two who edit the same partner, the second is told who changed what, and chooses field by field', async () => {
  const owner = await founder()
  const { id, version } = await newPartner(owner.api)
  const { page, api } = await member(owner, 'manager')
  await openEdit(page, id)
  await page.getByLabel('Company name').fill('Basalt of mine')
  await page.getByLabel('Subtype').fill('OEM')
  await page.getByLabel('Certifications').fill('7')
  await owner.api.patch(`/api/partners/${id}`, {
    version,
    name: 'Basalt of theirs',
    subtype: 'Platform',
    industry: 'insurance',
  })
  await save(page).click()

  const panel = page
    .getByRole('alert')
    .filter({ hasText: 'Olga Owner changed this partner while you were editing' })
  await hasFocus(panel)
  const choice = (field: RegExp, side: string) =>
    panel.getByRole('group', { name: field }).getByRole('radio', { name: side })
  expect(await panel.getByRole('group').count()).toBe(2)
  await panel
    .getByRole('group', { name: /^Subtype · Olga Owner, / })
    .getByText('Platform')
    .waitFor()
  // What only they changed is taken in, and nothing can be saved before all is decided.
  expect(await page.getByLabel('Industry').inputValue()).toBe('insurance')
  await isDescribed(save(page), 'Choose for each field that both of you changed.')
  await choice(/^Company name/, 'Keep mine').check()
  await choice(/^Subtype/, 'Take theirs').check()
  expect(await page.getByLabel('Subtype').inputValue()).toBe('Platform')
  await save(page).click()
  await page.getByRole('status').getByText('Basalt of mine is saved.').waitFor()
  expect(await api.get(`/api/partners/${id}`)).toMatchObject({
    version: 3,
    name: 'Basalt of mine',
    subtype: 'Platform',
    industry: 'insurance',
    certifications: 7,
  })
})

test('edits of different fields merge by themselves, and the second is told', async () => {
  const owner = await founder()
  const { id, version } = await newPartner(owner.api)
  const { page, api } = await member(owner, 'manager')
  await openEdit(page, id)
  await page.getByLabel('Stage').selectOption('Scaling')
  await owner.api.patch(`/api/partners/${id}`, { version, industry: 'insurance' })
  await save(page).click()
  await page.getByText('Basalt is saved, together with what Olga Owner changed.').waitFor()
  expect(await api.get(`/api/partners/${id}`)).toMatchObject({ stage: 'scaling', industry: 'insurance' })
})

test('a tier is pinned with a reason and given back to the evaluator', async () => {
  const { page, api } = await founder()
  const { id } = await newPartner(api)
  await openEdit(page, id)
  const tier = page.getByLabel('Tier', { exact: true })
  await isDescribed(tier, /^Auto(-evaluated: |matic: no tier yet)/)
  expect(await tier.inputValue()).toBe('')
  await tier.selectOption('Gold')
  await page.getByLabel('Why this tier').fill('Strategic account')
  await save(page).click()
  await page.getByText(/^Tier pinned by Olga Owner on .*: “Strategic account”/).waitFor()

  await page.keyboard.press('e')
  await isDescribed(tier, /^Pinned by Olga Owner on /)
  await tier.selectOption('Automatic')
  await save(page).click()
  await page.getByText(/^Tier pinned by/).waitFor({ state: 'detached' })
  expect(await api.get(`/api/partners/${id}`)).toMatchObject({ tierSource: 'auto' })
})

test('what is wrong stands at its field, and the domain of another partner is named', async () => {
  const { page, api } = await founder()
  const { id } = await newPartner(api)
  const other = await newPartner(api, { name: 'Auroral' })
  await openEdit(page, id)
  await page.getByLabel('Company name').fill(' ')
  await page.getByLabel('Certifications').fill('many')
  await save(page).click()
  await hasFocus(page.getByLabel('Company name'))
  await isDescribed(page.getByLabel('Certifications'), 'Enter a whole number, or nothing.')
  await page.getByLabel('Company name').fill('Basalt')
  await page.getByLabel('Certifications').fill('')
  await page.getByLabel('Domain').fill(String(other.domain))
  await page.getByRole('button', { name: 'Add a stakeholder' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Robin')
  await page.getByLabel('E-mail').fill('robin@')
  await save(page).click()
  await page.getByText('Number 1, e-mail: Enter an e-mail address such as ada@acme.com.').waitFor()
  await page.getByLabel('E-mail').fill('')
  await save(page).click()
  await isDescribed(page.getByLabel('Domain'), 'Already in your directory: Auroral')
  await hasFocus(page.getByLabel('Domain'))
})

test('what was changed is not left without a question', async () => {
  const { page, api } = await founder()
  const { id } = await newPartner(api)
  const search = '?search=ba&type=technology'
  await page.goto(`/partners/${id}${search}`)
  await page.getByRole('button', { name: /^Edit/ }).click()
  await page.getByLabel('Company name').fill('Basalt & Bloom')
  const question = page.getByRole('dialog', { name: 'Discard your changes?' })
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await page.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await isAt(page, `/partners/${id}/edit${search}`)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await isAt(page, `/partners/${id}${search}`)
  await page.keyboard.press('e')
  await page.getByLabel('Company name').waitFor()
  expect(await page.getByLabel('Company name').inputValue()).toBe('Basalt')
  // Back over the partner to the table, as the search has it.
  await page.keyboard.press('Escape')
  await isAt(page, `/partners/${id}${search}`)
  await page.keyboard.press('Escape')
  await isAt(page, `/partners${search}`)
})

test('what was typed about a partner that somebody deletes meanwhile can still be copied', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/status of 404/)
  const { id } = await newPartner(api)
  await openEdit(page, id)
  await page.getByLabel('Joint value proposition').fill('Written for an hour')
  await api.delete(`/api/partners/${id}`)
  await save(page).click()
  await page
    .getByRole('alert')
    .getByText(/^Somebody deleted this partner meanwhile/)
    .waitFor()
  expect(await page.getByLabel('Joint value proposition').inputValue()).toBe('Written for an hour')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await isAt(page, '/partners')
})

test('a session that ends meanwhile loses nothing, and still notices what others did', async () => {
  const owner = await founder()
  const { page } = owner
  const { id, version } = await newPartner(owner.api)
  const other = await elsewhere(owner)
  await openEdit(page, id)
  await page.getByLabel('Company name').fill('Basalt of mine')
  await other.api.patch(`/api/partners/${id}`, { version, name: 'Basalt of theirs' })
  await other.api.delete('/api/account/sessions')
  await save(page).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(page, owner.email)
  await page.getByLabel('Company name').waitFor()
  expect(await page.getByLabel('Company name').inputValue()).toBe('Basalt of mine')
  await page.getByText('What you entered here before is not saved yet.').waitFor()
  await save(page).click()
  await page.getByRole('alert').getByText('Basalt of theirs').waitFor()
})
