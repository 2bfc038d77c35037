import type { Page } from 'playwright-core'
import { press, type Scene } from './scene.ts'

/** Goes to the directory as `query` describes it, once one of its partners stands there. */
async function openTable(page: Page, query: string, name = 'Auroral Systems') {
  await page.goto(`/partners${query}`)
  await page.getByRole('link', { name, exact: true }).first().waitFor()
}

/** What narrows, orders and keeps the table of the demo. */
export const DIRECTORY_TOOLS: Scene[] = [
  {
    name: 'partners-filter',
    who: 'owner',
    async open({ page }) {
      await openTable(page, '?type=technology&type=channel&region=nordics&search=a')
      const sheet = page.getByRole('button', { name: /^Filters/ })
      const chip = page.getByRole('button', { name: 'Type Technology or Channel' })
      await sheet.or(chip).click()
      await page
        .getByRole('option', { name: 'Referral' })
        .or(page.getByRole('checkbox', { name: 'Referral', exact: true }))
        .waitFor()
    },
  },
  {
    name: 'partners-groups',
    who: 'owner',
    async open({ page }) {
      await openTable(page, '?group=tier&closed=gold&sort=-fit&columns=domain,type,fit,manager')
      await page.getByRole('button', { name: /^Gold/ }).waitFor()
    },
  },
  {
    name: 'partners-nothing-matches',
    who: 'owner',
    async open({ page }) {
      await page.goto(`/partners?view=vew_${'0'.repeat(26)}&tag=nobody+has+this&manager=me&search=qqq`)
      await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
      await page.getByText(/which no longer exists/).waitFor()
      await page.getByText(/^The view of this address/).waitFor()
    },
  },
  {
    name: 'partners-view-menu',
    eachWidth: true,
    who: 'owner',
    async open({ page }) {
      await openTable(page, '?type=technology')
      await press(page, /^Options of/)
      await page.getByRole('menuitem', { name: 'Make this my default' }).waitFor()
    },
  },
  {
    name: 'partners-save-view',
    who: 'viewer',
    async open({ page }) {
      await openTable(page, '?type=technology')
      const button = page.getByRole('button', { name: 'Save view' })
      if (!(await button.isVisible())) await press(page, /^Options of/)
      await button.or(page.getByRole('menuitem', { name: /^Save/ })).click()
      await page.getByRole('heading', { name: 'Save view' }).waitFor()
    },
  },
]
