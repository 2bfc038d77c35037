import type { Page } from 'playwright-core'
import { addPartners, fresh, partner } from './people.ts'
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

/** Opens what can be set; on a narrow screen it is chosen from one menu. */
async function openTool(page: Page, tool: 'Set stage' | 'Tags') {
  const button = page.getByRole('button', { name: tool, exact: true })
  if (await button.isVisible()) return button.click()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByRole('option', { name: tool }).click()
}

async function makeActive(page: Page) {
  await openTool(page, 'Set stage')
  await page.getByRole('option', { name: 'Active', exact: true }).click()
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
      await openTool(page, 'Set stage')
      await page.getByRole('option', { name: 'At risk' }).waitFor()
    },
  },
  {
    name: 'bulk-tags',
    who: 'owner',
    async open(visitor) {
      const { page } = visitor
      await openDirectory(visitor)
      await chooseFirst(page, 3)
      await openTool(page, 'Tags')
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
      await press(page, /^Delete/)
      await page.getByLabel('Type 11 to confirm').waitFor()
    },
  },
  {
    name: 'row-menu',
    eachWidth: true,
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
    async open(visitor) {
      const { page, api, noise } = visitor
      noise.expect(/status of 404/)
      const name = fresh('Driftwood')
      const { id } = await api.post<{ id: string }>('/api/partners', partner({ name }))
      await addPartners(visitor, ['Basalt', 'Calderon'])
      await page.goto('/partners')
      await chooseFirst(page, 2)
      await page.getByRole('checkbox', { name: `Select ${name}` }).check()
      await api.delete(`/api/partners/${id}`)
      await makeActive(page)
      await page.getByText('One of them has been deleted meanwhile.').waitFor()
    },
  },
  {
    name: 'bulk-done',
    who: 'adding',
    async open(visitor) {
      const { page } = visitor
      await addPartners(visitor, ['Driftwood', 'Basalt', 'Calderon'])
      await page.goto('/partners?group=stage')
      await chooseFirst(page, 3)
      await makeActive(page)
      await page.getByText('3 partners are now Active').waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    },
  },
]
