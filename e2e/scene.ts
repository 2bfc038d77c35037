import type { Locator, Page } from 'playwright-core'
import type { Role } from './cast.ts'
import type { Visitor } from './visitor.ts'

/** A page, drawer or dialog as somebody sees it. */
export interface Scene {
  name: string
  who: Role
  /** Goes there, and waits until all of it stands. */
  open: (visitor: Visitor) => Promise<unknown>
  /** There is no such thing on a wide screen. */
  narrowOnly?: true
  /** What is open stands at a place of its screen: it is opened anew for each width. */
  eachWidth?: true
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).waitFor()
export const press = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name }).click()

/** Goes to an address where a heading then stands. */
export const at =
  (path: string, title: string | RegExp) =>
  async ({ page }: Visitor) => {
    await page.goto(path)
    await heading(page, title)
  }

/** The name cell of the first partners of the demo. */
const row = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true }).first()

export async function openDirectory({ page }: Visitor) {
  await page.goto('/partners')
  await row(page, 'Auroral Systems').waitFor()
}
