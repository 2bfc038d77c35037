import { expect, test } from 'vitest'
import { demo, founder, hasFocus, isAt } from './journey.ts'
import { partner } from './people.ts'
import { row } from './rows.ts'

async function openDirectory() {
  const { page } = await demo()
  await page.goto('/partners')
  await row(page, 'Auroral Systems').waitFor()
  return page
}

test('a question mark lists the keys', async () => {
  const page = await openDirectory()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const does of ['Add a partner', 'Next row', 'Previous row', 'Open the row', 'Close what is open'])
    await list.getByText(does).waitFor()
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
})

test('keys go through the rows, open one, and come back to it', async () => {
  const { page, api } = await founder()
  for (const name of ['Auroral', 'Basalt', 'Calderon']) await api.post('/api/partners', partner({ name }))
  await page.goto('/partners')
  await row(page, 'Auroral').waitFor()
  for (const [key, name] of [
    ['j', 'Auroral'],
    ['j', 'Basalt'],
    ['j', 'Calderon'],
    ['j', 'Calderon'],
    ['k', 'Basalt'],
  ] as const) {
    await page.keyboard.press(key)
    await hasFocus(row(page, name))
  }
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Basalt' }).waitFor()
  await page.keyboard.press('Escape')
  await isAt(page, '/partners')
  await hasFocus(row(page, 'Basalt'))
})

test('single keys rest while one types, and can be switched off', async () => {
  const page = await openDirectory()
  await page.keyboard.press('c')
  await hasFocus(page.getByLabel('Company name'))
  await page.keyboard.type('c?jk')
  expect(await page.getByLabel('Company name').inputValue()).toBe('c?jk')
  expect(await page.getByRole('dialog').count()).toBe(1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()

  await page.goto('/settings/account')
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('')
  await name.pressSequentially('Olga?')
  expect(await name.inputValue()).toBe('Olga?')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('checkbox', { name: /Single-key shortcuts/ }).uncheck()
  await page.getByRole('link', { name: 'Partners' }).click()
  await row(page, 'Auroral Systems').waitFor()
  for (const key of ['c', '?', 'j']) await page.keyboard.press(key)
  expect(await page.getByRole('dialog').count()).toBe(0)
  await isAt(page, '/partners')
})

test('the account menu opens, moves and closes by keyboard', async () => {
  const page = await openDirectory()
  const button = page.getByRole('button', { name: /^Your account/ })
  await button.focus()
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('menuitem', { name: 'Account' }))
  await page.keyboard.press('ArrowDown')
  await hasFocus(page.getByRole('menuitem', { name: 'Keyboard shortcuts' }))
  await page.keyboard.press('End')
  await hasFocus(page.getByRole('menuitem', { name: 'Sign out' }))
  await page.keyboard.press('Escape')
  await hasFocus(button)
  expect(await button.getAttribute('aria-expanded')).toBe('false')
})

test('the first Tab offers to skip to the content', async () => {
  const page = await openDirectory()
  await page.keyboard.press('Tab')
  await hasFocus(page.getByRole('link', { name: 'Skip to the content' }))
  await page.keyboard.press('Enter')
  await hasFocus(page.getByRole('main'))
})
