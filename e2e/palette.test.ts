import { test } from 'vitest'
import { founder, isAt } from './journey.ts'
import { partner } from './people.ts'
import { drawn, row } from './rows.ts'

test('Ctrl-K finds partners, views, pages and actions, by keyboard alone', async () => {
  const { page, api } = await founder()
  for (const name of ['Auroral', 'Basalt']) await api.post('/api/partners', partner({ name }))
  await page.goto('/partners')
  await row(page, 'Auroral').waitFor()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  await palette.getByRole('option', { name: 'Needs attention' }).waitFor()
  await page.keyboard.type('basa')
  await palette.getByRole('option', { name: 'Basalt' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Basalt' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('new this')
  await page.keyboard.press('Enter')
  await isAt(page, '/partners?view=new&created=this-month&sort=-createdAt')
  await drawn(page, ['Basalt', 'Auroral'])
  await page.keyboard.press('Control+k')
  await page.keyboard.type('members')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await page.getByRole('button', { name: 'Find' }).click()
  await palette.getByRole('combobox').fill('nothing is called so')
  await palette.getByText('Nothing is called that.').waitFor()
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'detached' })
})
