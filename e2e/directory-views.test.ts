import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { elsewhere, founder, hasFocus, isAt, member } from './journey.ts'
import { partner } from './people.ts'
import { drawn, row } from './rows.ts'
import type { Api } from './visitor.ts'

const views = (page: Page) => page.getByRole('navigation', { name: 'Views' })
const view = (page: Page, name: string | RegExp) => views(page).getByRole('link', { name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function addTwo(api: Api) {
  await api.post('/api/partners', partner({ name: 'Auroral', type: 'technology' }))
  await api.post('/api/partners', partner({ name: 'Basalt', type: 'reseller' }))
}

async function chooseFromMenu(page: Page, of: string, item: string | RegExp) {
  await button(page, `Options of ${of}`).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function saveAs(page: Page, name: string, shared: boolean) {
  const dialog = page.getByRole('dialog', { name: 'Save view' })
  await dialog.getByLabel('Name').fill(name)
  if (shared) await dialog.getByLabel('Everyone in your organisation').check()
  await dialog.getByRole('button', { name: 'Save view' }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('a view is saved, changed, reset, updated, made the default, renamed and deleted', async () => {
  const owner = await founder()
  const { page, api } = owner
  await addTwo(api)
  await page.goto('/partners?type=reseller')
  await drawn(page, ['Basalt'])
  await page.getByText('Edited').waitFor()
  await button(page, 'Save view').click()
  await hasFocus(page.getByRole('dialog').getByLabel('Name'))
  await saveAs(page, 'Resellers', false)
  await expect.poll(() => view(page, 'Resellers').getAttribute('aria-current')).toBe('page')
  expect(await page.getByText('Edited').count()).toBe(0)
  // The buttons beside an edited view go with what they did.
  await hasFocus(view(page, 'Resellers'))

  await button(page, 'Remove filter Type').click()
  await drawn(page, ['Auroral', 'Basalt'])
  await page.getByText('Edited').waitFor()
  await button(page, 'Reset').click()
  await drawn(page, ['Basalt'])
  await hasFocus(view(page, 'Resellers'))
  await button(page, 'Name').click()
  await button(page, 'Update this view').click()
  await page.getByText('Resellers is updated.').waitFor()
  await page.getByText('Edited').waitFor({ state: 'detached' })

  await chooseFromMenu(page, 'Resellers', 'Make this my default')
  await view(page, /Resellers.*your default/).waitFor()
  await page.goto('/partners')
  await drawn(page, ['Basalt'])
  expect(new URL(page.url()).search).toMatch(/^\?view=vew_\w+&type=reseller&sort=-name$/)
  await view(page, 'All partners').click()
  await drawn(page, ['Auroral', 'Basalt'])
  await isAt(page, '/partners?view=all')
  // A browser that has not seen the default yet.
  const { page: newcomer } = await elsewhere(owner)
  await newcomer.goto('/partners')
  await drawn(newcomer, ['Basalt'])

  await view(page, 'Resellers').click()
  await chooseFromMenu(page, 'Resellers', 'Rename…')
  await page.getByRole('dialog').getByLabel('Name').fill('Sellers')
  await page.getByRole('button', { name: 'Rename' }).click()
  await view(page, 'Sellers').waitFor()
  await hasFocus(button(page, 'Options of Sellers'))
  await chooseFromMenu(page, 'Sellers', 'Delete…')
  await button(page, 'Delete view').click()
  await view(page, 'Sellers').waitFor({ state: 'detached' })
  await page.goto('/partners')
  await drawn(page, ['Auroral', 'Basalt'])
  // One that remembers the default which is gone by now.
  await newcomer.goto('/partners')
  await drawn(newcomer, ['Auroral', 'Basalt'])
})

test('two who change one shared view are asked whose stands; a viewer keeps private views alone', async () => {
  const owner = await founder()
  await addTwo(owner.api)
  const viewer = await member(owner, 'viewer')
  await owner.page.goto('/partners?type=reseller')
  await button(owner.page, 'Save view').click()
  await saveAs(owner.page, 'Ours', true)
  const other = await owner.context.newPage()
  await other.goto('/partners')
  await view(other, 'Ours').click()
  await drawn(other, ['Basalt'])

  await button(owner.page, 'Name').click()
  await button(owner.page, 'Update this view').click()
  await owner.page.getByText('Ours is updated.').waitFor()
  await button(other, 'Remove filter Type').click()
  await button(other, 'Update this view').click()
  await other.getByRole('heading', { name: 'Ours was changed meanwhile' }).waitFor()
  await button(other, 'Overwrite with mine').click()
  await other.getByText('Ours is updated.').waitFor()
  await other.getByText('Edited').waitFor({ state: 'detached' })

  await button(owner.page, 'Fit').click()
  await button(owner.page, 'Update this view').click()
  await button(owner.page, 'Take theirs').click()
  await drawn(owner.page, ['Auroral', 'Basalt'])
  await owner.page.getByText('Edited').waitFor({ state: 'detached' })

  await viewer.page.goto('/partners')
  await view(viewer.page, 'Ours').click()
  await button(viewer.page, 'Name').click()
  await viewer.page.getByText('Edited').waitFor()
  expect(await button(viewer.page, 'Update this view').count()).toBe(0)
  await button(viewer.page, 'Save as new').click()
  expect(await viewer.page.getByLabel('Everyone in your organisation').isDisabled()).toBe(true)
  await saveAs(viewer.page, 'Mine', false)
  await view(viewer.page, 'Mine').waitFor()

  const { items } = await owner.api.get<{ items: { id: string }[] }>('/api/views')
  for (const { id } of items) await owner.api.delete(`/api/views/${id}`)
  owner.noise.expect(/status of 404/)
  await button(other, 'Fit').click()
  await button(other, 'Update this view').click()
  await other.getByText(/^Somebody deleted this view meanwhile/).waitFor()
  await view(other, 'Ours').waitFor({ state: 'detached' })
  await drawn(other, ['Auroral', 'Basalt'])
})

test('a link to a view that is gone says so, and shows what it says of the table', async () => {
  const { page, api } = await founder()
  await addTwo(api)
  const gone = `vew_${'0'.repeat(26)}`
  await page.goto(`/partners?view=${gone}&type=reseller`)
  const said = page.getByText(/^The view of this address is no longer there/)
  await said.waitFor()
  await drawn(page, ['Basalt'])
  await button(page, 'Show all partners').click()
  await drawn(page, ['Auroral', 'Basalt'])
  await said.waitFor({ state: 'detached' })
})

test('views stand in the order of the numbers in their names, also one that was renamed', async () => {
  const { page, api } = await founder()
  const definition = { filters: {}, search: '', sort: 'name', groupBy: null, columns: ['fit'] }
  for (const number of [10, 2, 1])
    await api.post('/api/views', { name: `Quarter ${number}`, shared: false, definition })
  await page.goto('/partners')
  const names = () => view(page, /^Quarter/).allTextContents()
  await expect.poll(names).toEqual(['Quarter 1', 'Quarter 2', 'Quarter 10'])
  await view(page, /^Quarter 1$/).click()
  await chooseFromMenu(page, 'Quarter 1', 'Rename…')
  await page.getByRole('dialog').getByLabel('Name').fill('Quarter 3')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect.poll(names).toEqual(['Quarter 2', 'Quarter 3', 'Quarter 10'])
})

test('a view whose tag and manager are gone opens, says so, and can be mended', async () => {
  const { page, api } = await founder()
  await addTwo(api)
  const { id } = await api.post<{ id: string }>('/api/views', {
    name: 'Old times',
    shared: false,
    definition: {
      filters: { tag: ['gone'], manager: [`mbr_${'0'.repeat(26)}`] },
      search: '',
      sort: 'name',
      groupBy: null,
      columns: ['fit'],
    },
  })
  await page.goto('/partners')
  await row(page, 'Auroral').waitFor()
  await view(page, 'Old times').click()
  expect(page.url()).toContain(id)
  await page.getByText(/asks for a former member and the tag “gone”/).waitFor()
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await button(page, 'Remove them').click()
  await drawn(page, ['Auroral', 'Basalt'])
})
