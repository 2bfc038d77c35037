import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder } from './journey.ts'

test('a theme that was chosen stands in the markup, so that a reload does not flash', async () => {
  const { page } = await founder()
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/partners')
  await expect.poll(() => ground(page)).toBe('light')

  await choose(page, 'Dark theme')
  await expect.poll(() => ground(page)).toBe('dark')
  expect(await markup(page)).toContain('<html data-theme="dark"')
  expect(await ground(page)).toBe('dark')

  await page.emulateMedia({ colorScheme: 'dark' })
  await choose(page, 'Light theme')
  await expect.poll(() => ground(page)).toBe('light')
  expect(await markup(page)).toContain('<html data-theme="light"')
  expect(await ground(page)).toBe('light')
})

test('the theme of the system is followed until another is chosen, and again afterwards', async () => {
  const { page } = await founder()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/partners')
  await expect.poll(() => ground(page)).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => ground(page)).toBe('light')
  await choose(page, 'Dark theme')
  await choose(page, 'System theme')
  expect(await markup(page)).not.toContain('data-theme')
  await expect.poll(() => ground(page)).toBe('light')
})

test('the theme holds on every page of the same browser, the entry pages and the portal too', async () => {
  const { page } = await founder()
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/settings/account')
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
  for (const path of ['/signup', '/portal', '/settings/members']) {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    expect(await ground(page), path).toBe('dark')
  }
})

async function choose(page: Page, theme: string) {
  const menu = page.getByRole('menuitemradio', { name: theme })
  if (!(await menu.isVisible())) await page.getByRole('button', { name: /^Your account/ }).click()
  await menu.click()
}

/** What the server sends on a reload. */
const markup = async (page: Page) => (await page.reload({ waitUntil: 'domcontentloaded' }))?.text()

const ground = (page: Page) => page.evaluate(brightness)

/** Of what is drawn behind everything. */
function brightness() {
  const { backgroundColor } = getComputedStyle(document.documentElement)
  const [red = 0, green = 0, blue = 0] = backgroundColor.match(/\d+/g)?.map(Number) ?? []
  return red + green + blue > 384 ? 'light' : 'dark'
}
