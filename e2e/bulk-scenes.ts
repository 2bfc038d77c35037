import type { Page } from 'playwright-core'
import { fresh, partner } from './people.ts'
import { openDirectory, press, type Scene } from './scene.ts'

/** Chooses the first partners of the demo; on a narrow screen the boxes are shown first. */
export async function chooseFirst(page: Page, count: number) {
  const mode = page.getByRole('button', { name: 'Select partners' })
  if (await mode.isVisible()) await mode.click()
  const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ })
  await boxes.first().click()
  if (count > 1) await boxes.nth(count - 1).click({ modifiers: ['Shift'] })
  await page.getByText(`${count} selected`).waitFor()
}

/** What can be done with one partner, and with many. */
export const BULK: readonly Scene[] = [
  {
    name: 'bulk-bar',
    who: 'owner',
    async open(visitor) {
      await openDirectory(visitor)
      await chooseFirst(visitor.page, 4)
    },
  },
  {
    name: 'bulk-bar-viewer',
    who: 'viewer',
    async open(visitor) {
      await openDirectory(visitor)
      await chooseFirst(visitor.page, 2)
    },
  },
  {
    name: 'bulk-change',
    who: 'owner',
    async open(visitor) {
      const { page } = visitor
      await openDirectory(visitor)
      await chooseFirst(page, 3)
      await page
        .getByRole('button', { name: 'Set stage' })
        .or(page.getByRole('button', { name: 'Change', exact: true }))
        .click()
      await page
        .getByRole('option', { name: 'At risk' })
        .or(page.getByRole('option', { name: 'Set tier' }))
        .waitFor()
    },
  },
  {
    name: 'bulk-tags',
    who: 'owner',
    async open(visitor) {
      const { page } = visitor
      await openDirectory(visitor)
      await chooseFirst(page, 3)
      const tags = page.getByRole('button', { name: 'Tags', exact: true })
      if (await tags.isVisible()) await tags.click()
      else {
        await press(page, 'Change')
        await page.getByRole('option', { name: 'Tags…' }).click()
      }
      await press(page, 'Change tags')
      await page.getByText('Enter a tag to add, or one to remove.').waitFor()
    },
  },
  {
    name: 'bulk-delete',
    who: 'owner',
    async open(visitor) {
      const { page } = visitor
      await openDirectory(visitor)
      await chooseFirst(page, 11)
      await press(page, 'Delete…')
      await page.getByLabel('Type 11 to confirm').waitFor()
    },
  },
  {
    name: 'row-menu',
    who: 'viewer',
    async open(visitor) {
      await openDirectory(visitor)
      await press(visitor.page, 'Actions for Auroral Systems')
      await visitor.page.getByRole('menuitem', { name: 'Open joint plan' }).waitFor()
    },
  },
  {
    name: 'bulk-decision',
    who: 'adding',
    async open({ page, api, noise }) {
      noise.expect(/status of 404/)
      const name = fresh('Driftwood')
      const { id } = await api.post<{ id: string }>('/api/partners', partner({ name }))
      for (const other of ['Basalt', 'Calderon']) await api.post('/api/partners', partner({ name: other }))
      await page.goto('/partners')
      await chooseFirst(page, 2)
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
      await api.delete(`/api/partners/${id}`)
      const change = page.getByRole('button', { name: 'Change', exact: true })
      if (await change.isVisible()) {
        await change.click()
        await page.getByRole('option', { name: 'Set stage' }).click()
      } else await press(page, 'Set stage')
      await page.getByRole('option', { name: 'Active', exact: true }).click()
      await page.getByText('One of them has been deleted meanwhile.').waitFor()
    },
  },
  {
    name: 'bulk-done',
    who: 'adding',
    async open({ page, api }) {
      for (const name of ['Driftwood', 'Basalt', 'Calderon'])
        await api.post('/api/partners', partner({ name }))
      await page.goto('/partners?group=stage')
      await chooseFirst(page, 3)
      await press(page, /^(Change|Set stage)$/)
      const further = page.getByRole('option', { name: 'Set stage' })
      const stage = page.getByRole('option', { name: 'Active', exact: true })
      await further.or(stage).waitFor()
      if (await further.isVisible()) await further.click()
      await stage.click()
      await page.getByText('3 partners are now Active').waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    },
  },
]
