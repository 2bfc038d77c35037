import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export const row = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

/** Waits until the table shows these partners, in this order, and no other. */
export const drawn = (page: Page, names: readonly string[]) =>
  expect.poll(() => page.locator('tbody .partner-name').evaluateAll(titlesOf)).toEqual(names)

const titlesOf = (links: Element[]) => links.map((link) => link.getAttribute('title'))
