import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder } from './journey.ts'
import { partner } from './people.ts'

/** A picture of one colour, made by the browser itself. */
const picture = (page: Page, width: number, height: number, type = 'image/png') =>
  page.evaluate(
    async ([wide, high, kind]) => {
      const canvas = new OffscreenCanvas(Number(wide), Number(high))
      const brush = canvas.getContext('2d')
      brush?.fillRect(0, 0, canvas.width, canvas.height)
      const blob = await canvas.convertToBlob({ type: String(kind) })
      return [...new Uint8Array(await blob.arrayBuffer())]
    },
    [width, height, type] as const,
  )

const file = (name: string, mimeType: string, bytes: readonly number[]) => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes),
})

test('a logo is shown while it is sent, stands in the row at once, is replaced and removed', async () => {
  const { page, api } = await founder()
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Basalt' }))
  await page.goto(`/partners/${id}/edit`)
  const logo = page.getByRole('group', { name: 'Logo' })
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/logo', (route) => held.then(() => route.continue()))
  await logo
    .getByLabel('Logo file')
    .setInputFiles(file('wide.png', 'image/png', await picture(page, 300, 100)))
  await logo.getByRole('progressbar', { name: 'Upload' }).waitFor()
  await logo.locator('img[src^="blob:"]').waitFor()
  release()
  await page.getByText('The logo of Basalt is saved.').waitFor()
  await page.unroute('**/logo')
  const shown = page.locator(`[data-row="${id}"] img`)
  await shown.waitFor()
  expect(await shown.evaluate((image) => getComputedStyle(image).objectFit)).toBe('cover')
  expect(await api.get(`/api/partners/${id}`)).toMatchObject({ logoUrl: expect.stringMatching(/^\/files\//) })

  await logo.getByRole('button', { name: 'Replace' }).waitFor()
  await logo.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('The logo of Basalt is removed.').waitFor()
  await shown.waitFor({ state: 'detached' })
})

test('a file that cannot be a logo is explained before anything is sent', async () => {
  const { page, api } = await founder()
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Basalt' }))
  let sent = 0
  await page.route('**/logo', (route) => {
    sent++
    return route.abort()
  })
  await page.goto(`/partners/${id}/edit`)
  const input = page.getByLabel('Logo file')
  const said = (words: string | RegExp) => page.getByRole('alert').getByText(words).waitFor()
  await input.setInputFiles(file('logo.svg', 'image/svg+xml', [60, 115]))
  await said('Choose a PNG, JPEG, WebP or GIF.')
  await input.setInputFiles(file('huge.png', 'image/png', new Array(3 * 1024 * 1024).fill(1)))
  await said('This file has 3 MiB; a logo may have 2 MiB at most.')
  await input.setInputFiles(file('text.png', 'image/png', [1, 2, 3]))
  await said('This file is not an image that can be read. Choose another one.')
  await input.setInputFiles(file('long.png', 'image/png', await picture(page, 4_097, 10)))
  await said('This image is 4097 × 10 pixels; a side may have 4096 at most.')
  expect(sent).toBe(0)
})

test('a logo that the server refuses, or that is stopped, leaves the one before', async () => {
  const { page, api, noise } = await founder()
  noise.expect(/status of 413|ERR_FAILED/)
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Basalt' }))
  await page.goto(`/partners/${id}/edit`)
  const logo = page.getByRole('group', { name: 'Logo' })
  const bytes = await picture(page, 20, 20)
  await page.route('**/logo', (route) =>
    route.fulfill({
      status: 413,
      json: { type: '/problems/too-large', title: 'This is too large.', status: 413 },
    }),
  )
  await logo.getByLabel('Logo file').setInputFiles(file('a.png', 'image/png', bytes))
  await page.getByRole('alert').getByText('This is too large.').waitFor()
  await page.unroute('**/logo')
  await page.route('**/logo', () => undefined)
  await logo.getByLabel('Logo file').setInputFiles(file('a.png', 'image/png', bytes))
  await logo.getByRole('button', { name: 'Stop' }).click()
  await logo.getByRole('button', { name: 'Upload' }).waitFor()
  await logo.getByRole('progressbar').waitFor({ state: 'detached' })
  await page.unroute('**/logo')
})
