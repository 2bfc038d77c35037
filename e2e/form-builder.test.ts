import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Form, Section } from '#worker/applications/schema.ts'
import { labels, makeForm, openForm } from './form-scenes.ts'
import { founder, hasFocus, isAt, isDescribed, member } from './journey.ts'
import { press } from './scene.ts'

const fields = (id: string, ...ids: string[]): Section => ({
  id,
  kind: 'fields',
  title: `Section ${id}`,
  questions: ids.map((one) => ({ id: one, type: 'text', label: `Question ${one}`, required: false })),
})
const SECTIONS = [fields('A', 'a', 'b'), fields('B', 'c')]
const frameOf = (page: Page) => page.frameLocator('iframe[title="Preview of the form"]')
const handle = (page: Page, name: string) => page.getByRole('button', { name: `Move ${name}`, exact: true })
const say = (page: Page, words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).first().waitFor()

test('a form is made, filled with questions, published and closed', async () => {
  const { page, api } = await founder()
  await page.goto('/partners')
  await page.getByRole('link', { name: 'Partner applications' }).click()
  await press(page, 'New form')
  await press(page, 'Create form')
  await isDescribed(page.getByLabel('Name'), 'Enter a name.')
  await page.getByLabel('Name').fill('Resellers')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Resellers' }).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1)

  await press(page, 'Add a section')
  await hasFocus(page.getByLabel('Section title').last())
  await page.keyboard.type('Your plans')
  await press(page, 'Add a question to Your plans')
  await page.getByRole('menuitem', { name: 'One of several' }).click()
  await hasFocus(page.getByLabel('Question', { exact: true }))
  await page.keyboard.type('Which level?')
  await frameOf(page).getByText('Which level?').waitFor()
  await page.getByRole('button', { name: 'Write the option, or remove it.' }).first().click()
  await hasFocus(page.getByLabel('Option 1', { exact: true }))
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'Gold\nSilver\nBronze\n')
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  })
  await press(page, 'Remove option 4')
  await page.keyboard.press('Control+s')
  await say(page, 'Resellers is saved.')

  await press(page, 'Publish…')
  await press(page.getByRole('dialog'), 'Publish')
  await page.getByText('Resellers is published.').waitFor()
  const form = await api.get<Form>(`/api/forms/${id}`)
  expect(form).toMatchObject({ state: 'published', version: 3, publishedVersion: 3 })
  const last = form.sections.at(-1)
  expect(last?.kind === 'fields' && last.questions[0]?.options?.map(({ label }) => label)).toEqual([
    'Gold',
    'Silver',
    'Bronze',
  ])
  await press(page, 'Close…')
  await press(page.getByRole('dialog'), 'Close form')
  await page.getByText('Resellers is closed now.').waitFor()
})

test('questions and sections move by keyboard, with the focus and words for where they are', async () => {
  const { page, api } = await founder()
  const form = await makeForm({ api }, { sections: SECTIONS })
  await openForm({ page }, form)
  await handle(page, 'Question a').focus()
  await page.keyboard.press('Space')
  await say(page, 'Question a is taken up.')
  await page.keyboard.press('ArrowDown')
  await say(page, 'Question a is now question 2 of 2 in Section A.')
  await page.keyboard.press('ArrowDown')
  await say(page, 'Question a is now question 1 of 2 in Section B.')
  await hasFocus(handle(page, 'Question a'))
  await page.keyboard.press('Space')
  await say(page, 'Let go.')
  expect(await labels(page)).toEqual(['Question b', 'Question a', 'Question c'])

  await handle(page, 'Section B').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowUp')
  await say(page, 'Section B is now section 1 of 2.')
  expect(await labels(page)).toEqual(['Question a', 'Question c', 'Question b'])
  await page.keyboard.press('Escape')
  await say(page, 'Put back.')
  await hasFocus(handle(page, 'Section B'))

  await press(page, 'Actions for Question b')
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await press(page, 'Undo')
  expect(await labels(page)).toEqual(['Question b', 'Question a', 'Question c'])
  await press(page, 'Save')
  await say(page, 'Become a partner is saved.')
  const saved = await api.get<Form>(`/api/forms/${form.id}`)
  expect(saved.sections.map((one) => one.kind === 'fields' && one.questions.map(({ id }) => id))).toEqual([
    ['b'],
    ['a', 'c'],
  ])
})

test('a question is dragged into another section', async () => {
  const { page, api } = await founder()
  await openForm({ page }, await makeForm({ api }, { sections: SECTIONS }))
  await drag(page, 'Question a', page.locator('.question', { hasText: 'Question c' }))
  await expect.poll(() => labels(page)).toEqual(['Question b', 'Question c', 'Question a'])
  await hasFocus(handle(page, 'Question a'))
  await drag(page, 'Section B', page.getByRole('region', { name: 'Section A' }), 'top')
  await expect.poll(() => labels(page)).toEqual(['Question c', 'Question a', 'Question b'])
})

async function drag(page: Page, name: string, target: ReturnType<Page['locator']>, to = 'bottom') {
  const from = await handle(page, name).boundingBox()
  const over = await target.boundingBox()
  if (!from || !over) throw new Error('There is nothing to drag, or nowhere to go.')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + 20, from.y + 20, { steps: 4 })
  await page.mouse.move(over.x + 40, to === 'top' ? over.y + 6 : over.y + over.height - 6, { steps: 8 })
  await page.mouse.up()
}

test('problems lead to their fields, and keep a form from being published but not from being saved', async () => {
  const { page, api } = await founder()
  await openForm({ page }, await makeForm({ api }, { sections: SECTIONS }))
  await page.getByRole('button', { name: 'Short text: Question a' }).click()
  await page.getByLabel('Question', { exact: true }).fill('')
  await page.getByRole('link', { name: /^Content/ }).click()
  await page.getByRole('button', { name: 'Write the question.' }).click()
  await hasFocus(page.getByLabel('Question', { exact: true }))
  const publish = page.getByRole('button', { name: 'Publish…' })
  expect(await publish.getAttribute('aria-disabled')).toBe('true')
  await isDescribed(publish, 'One problem is left.')
  await press(page, 'Save')
  await say(page, 'Become a partner is saved.')
  await page.getByLabel('Question', { exact: true }).fill('Company')
  await page.getByText('Ready to be published').waitFor()
  expect(await publish.getAttribute('aria-disabled')).toBeNull()
})

test('what is typed comes back, and the page asks before it is left', async () => {
  const { page, api } = await founder()
  const form = await makeForm({ api })
  await openForm({ page }, form, 'content')
  await page.getByLabel('Title of the page').fill('Grow with us')
  await page.getByRole('link', { name: /^Design/ }).click()
  await isAt(page, `/partners/applications/${form.id}?part=design`)
  await page.getByRole('link', { name: 'Programme' }).click()
  await press(page, 'Keep editing')
  await isAt(page, `/partners/applications/${form.id}?part=design`)
  // A tab that is opened from this one takes the draft along, as one that is restored does.
  const opened = page.waitForEvent('popup')
  await page.evaluate((id) => void window.open(`/partners/applications/${id}?part=content`), form.id)
  const other = await opened
  await other.getByText('You have changes here that are not saved yet.').waitFor()
  expect(await other.getByLabel('Title of the page').inputValue()).toBe('Grow with us')
})

test('the second of two people is told, and chooses what stays', async () => {
  const owner = await founder()
  const { page, api } = owner
  const form = await makeForm(owner)
  await openForm(owner, form, 'content')
  await page.getByLabel('Title of the page').fill('Mine')
  await page.getByLabel('Button that sends it').fill('Go')
  const other = await member(owner, 'manager')
  await other.api.patch(`/api/forms/${form.id}`, {
    version: form.version,
    content: { ...form.content, title: 'Theirs' },
    slug: `${form.slug}-2`,
  })
  await press(page, 'Save')
  await page.getByText('Vera manager saved this form while you were editing').waitFor()
  await page.getByText('Their changes to Address come along with yours.').waitFor()
  await press(page, 'Go on')
  await press(page, 'Save')
  await say(page, 'Become a partner is saved.')
  expect(await api.get<Form>(`/api/forms/${form.id}`)).toMatchObject({
    version: form.version + 2,
    slug: `${form.slug}-2`,
    content: { title: 'Mine', submitLabel: 'Go' },
  })
})

test('a banner is scaled, saved at once and shown, and no image is refused in words', async () => {
  const { page, api } = await founder()
  const form = await makeForm({ api })
  await openForm({ page }, form, 'design')
  const file = page.getByLabel('Banner image file')
  await file.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not an image') })
  await page.getByText('This file is not an image that can be read.').waitFor()
  const wide = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 3_200, height: 800 })
    canvas.getContext('2d')?.fillRect(0, 0, 1_600, 800)
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  })
  await file.setInputFiles({ name: 'w.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(wide, 'base64') })
  await page.getByText('The banner is saved.').waitFor()
  const image = page.getByAltText('The banner as it is now')
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(1_600)
  await expect.poll(() => frameOf(page).locator('.banner img').count()).toBe(1)
  await page.getByText('Everything is saved').waitFor()
  const saved = await api.get<Form>(`/api/forms/${form.id}`)
  expect(saved).toMatchObject({
    version: form.version + 1,
    design: { bannerUrl: expect.stringMatching(/\.jpg$/) },
  })
})

test('a viewer looks, with the reason why that is all', async () => {
  const owner = await founder()
  const form = await makeForm(owner, { sections: SECTIONS })
  const viewer = await member(owner, 'viewer')
  await openForm(viewer, form)
  await viewer.page.getByText('You can look at this form, and not change it.').waitFor()
  await viewer.page.getByRole('button', { name: 'Short text: Question a' }).click()
  expect(await viewer.page.getByLabel('Question', { exact: true }).isDisabled()).toBe(true)
  expect(await handle(viewer.page, 'Question a').count()).toBe(0)
})
