import { test } from 'vitest'
import { founder, member } from './journey.ts'
import { partner } from './people.ts'
import { drawn, row } from './rows.ts'

test('what a colleague adds, edits and deletes appears by itself', async () => {
  const owner = await founder()
  const { page } = owner
  const colleague = await member(owner, 'admin')
  await page.clock.install()
  const { id, version } = await owner.api.post<Added>('/api/partners', partner({ name: 'Auroral' }))
  // What changes is told from the first look on.
  const looked = page.waitForResponse('**/api/partners/changes')
  await page.goto('/partners')
  await row(page, 'Auroral').waitFor()
  await looked
  await colleague.api.post('/api/partners', partner({ name: 'Basalt' }))
  await page.clock.runFor(11_000)
  await drawn(page, ['Auroral', 'Basalt'])
  await colleague.api.patch(`/api/partners/${id}`, { version, name: 'Caldera' })
  await page.clock.runFor(11_000)
  await drawn(page, ['Basalt', 'Caldera'])
  await row(page, 'Caldera').click()
  await page.getByRole('heading', { name: 'Caldera' }).waitFor()
  await colleague.api.patch(`/api/partners/${id}`, { version: version + 1, name: 'Delmar' })
  await page.clock.runFor(11_000)
  await page.getByRole('heading', { name: 'Delmar' }).waitFor()
  await page.keyboard.press('Escape')
  await colleague.api.post('/api/partners/delete', { ids: [id] })
  await page.clock.runFor(11_000)
  await drawn(page, ['Basalt'])
})

interface Added {
  id: string
  version: number
}
