import type { Page } from 'playwright-core'
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
]
