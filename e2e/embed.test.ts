import type { FrameLocator, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { applicant } from './forms.ts'
import { host } from './host.ts'
import { hasFocus } from './journey.ts'
import type { Visitor } from './visitor.ts'

const SITE = inject('siteUrl')
/** Nothing but what the script needs: its own origin for itself and for the frame. */
const STRICT = `default-src 'none'; img-src data:; script-src ${SITE}; frame-src ${SITE}; style-src 'nonce-host'`

const tag = (slug: string, more = '') =>
  `<script async src="${SITE}/embed.js" data-form="${slug}" ${more}></script>`

/** A visitor of another site, which is no noise here. */
async function guest(changes: Record<string, unknown> = {}) {
  const one = await applicant(changes)
  one.noise.expect(/^A request to http:\/\/127\.0\.0\.1/)
  return one
}

const frameOf = (page: Page, at = 0): FrameLocator =>
  page.frameLocator('iframe[title="Application form"]').nth(at)
const heightOf = (page: Page, at = 0) =>
  page
    .locator('iframe')
    .nth(at)
    .evaluate((frame) => frame.getBoundingClientRect().height)
const isAsHighAsItsForm = async (page: Page, at = 0) => {
  const height = () =>
    frameOf(page, at)
      .locator('main')
      .evaluate((main) => main.getBoundingClientRect().height + 2)
  await expect
    .poll(async () => Math.abs((await heightOf(page, at)) - (await height())))
    .toBeLessThanOrEqual(1)
  expect(
    await frameOf(page, at)
      .locator('html')
      .evaluate((root) => root.scrollHeight - root.clientHeight),
  ).toBe(0)
}

async function send(frame: FrameLocator) {
  await frame.getByLabel('Company *').fill('Newco')
  await frame.getByLabel('E-mail').fill('ada@newco.example')
  await frame.getByLabel('Reseller').check()
  await frame.getByLabel('I accept').check()
  await frame.getByRole('button', { name: 'Apply' }).click()
  await frame.getByText('Thank you. We will write.').waitFor()
}

/** Keeps what the containers of forms tell the page around them. */
const listen = ({ page }: Visitor) =>
  page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const name of ['ready', 'height', 'submitted'])
      addEventListener(`entente:${name}`, (event) => {
        if (event instanceof CustomEvent) heard.push(`${event.type} ${event.detail.form}`)
      })
  })
const heard = (page: Page) => page.evaluate(() => (Reflect.get(window, 'heard') as string[]).join('\n'))

test('a form on another site is as high as what it holds, tells of itself, and keeps no cookie', async () => {
  const one = await guest()
  const { page, form, context } = one
  await listen(one)
  await page.goto(
    await host(`<body><p>Above</p>${tag(form.slug, 'data-prefill-companyName="Newco & sons"')}`, STRICT),
  )
  const frame = frameOf(page)
  expect(await frame.getByLabel('Company *').inputValue()).toBe('Newco & sons')
  await isAsHighAsItsForm(page)
  await frame.getByRole('button', { name: 'Apply' }).click()
  await hasFocus(frame.getByRole('alert'))
  await isAsHighAsItsForm(page)
  await send(frame)
  await isAsHighAsItsForm(page)
  const told = await heard(page)
  for (const name of ['ready', 'height', 'submitted']) expect(told).toContain(`entente:${name} ${form.slug}`)
  expect(await context.cookies()).toEqual([])
})

test('only sites of the list may show a form, and none where embedding is off', async () => {
  const allowed = await host('<body>')
  for (const [share, isShown] of [
    [{ public: true, embed: true, sites: [allowed] }, true],
    [{ public: true, embed: true, sites: ['https://www.acme.com'] }, false],
    [{ public: true, embed: false, sites: [] }, false],
  ] as const) {
    const { page, form, noise } = await guest({ share })
    if (!isShown) noise.expect(/frame-ancestors|status of 404/)
    await page.goto(allowed)
    await page.evaluate(
      ([site, slug]) => {
        const script = document.createElement('script')
        Object.assign(script, { src: `${site}/embed.js` }).dataset.form = slug
        document.body.append(script)
      },
      [SITE, form.slug],
    )
    const title = page.frameLocator('iframe').getByRole('heading', { name: 'Become a partner', level: 1 })
    if (isShown) await title.waitFor()
    else {
      await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/)
      expect(await title.count()).toBe(0)
    }
  }
})

test('two forms on one page keep to themselves, and one can be added later', async () => {
  const one = await guest()
  const { page, form } = one
  await page.goto(await host(`<body>${tag(form.slug)}${tag(form.slug, 'data-title="Second form"')}`))
  const second = page.frameLocator('iframe[title="Second form"]')
  await second.getByRole('button', { name: 'Apply' }).click()
  await isAsHighAsItsForm(page)
  expect(await heightOf(page, 1)).toBeGreaterThan(await heightOf(page, 0))
  await page.evaluate(
    ([site, slug]) => {
      const script = document.createElement('script')
      Object.assign(script.dataset, { form: slug, title: 'Third form' })
      script.src = `${site}/embed.js`
      document.body.append(script)
    },
    [SITE, form.slug],
  )
  await page.frameLocator('iframe[title="Third form"]').getByRole('button', { name: 'Apply' }).waitFor()
})

test('messages that are not of the frame, or make no sense, change nothing', async () => {
  const { page, form } = await guest()
  await page.goto(await host(`<body>${tag(form.slug)}`))
  await isAsHighAsItsForm(page)
  const before = await heightOf(page)
  await page.evaluate(() => {
    for (const data of [{ type: 'entente:height', height: 5_000 }, 'x', null, { type: 'entente:height' }])
      window.postMessage(data, '*')
  })
  const frame = page.frames().find((each) => each.url().includes('embed=1'))
  await frame?.evaluate(() => {
    for (const height of [Number.NaN, -5, 0, '9e9', {}])
      parent.postMessage({ type: 'entente:height', height: height === '9e9' ? 'x' : height }, '*')
  })
  // What comes last has been heard when everything before it has.
  await page.evaluate(() => {
    const heard = new Promise((resolve) =>
      addEventListener('message', ({ data }) => data === 'the last' && resolve(data)),
    )
    Object.assign(window, { heard })
  })
  await frame?.evaluate(() => parent.postMessage('the last', '*'))
  await page.evaluate(() => Reflect.get(window, 'heard'))
  expect(await heightOf(page)).toBe(before)
  await frame?.evaluate(() => parent.postMessage({ type: 'entente:height', height: 1e9 }, '*'))
  await expect.poll(() => heightOf(page)).toBe(20_000)
})

const HOSTILE_CSS = `* { all: unset !important; display: inline !important; height: 7px !important; }
  iframe, div { display: none !important; width: 3px !important; opacity: 0 !important; transform: scale(0) !important;
    position: absolute !important; left: -9999px !important; visibility: hidden !important; filter: blur(9px) !important }`

test('the sheets of the page around it do not reach the form, nor its frame', async () => {
  const { page, form } = await guest()
  await page.goto(await host(`<style>${HOSTILE_CSS}</style><body>${tag(form.slug)}`))
  await isAsHighAsItsForm(page)
  const { width, left } = await page
    .locator('iframe')
    .evaluate((frame) => frame.getBoundingClientRect().toJSON())
  expect(width).toBeGreaterThan(200)
  expect(left).toBeGreaterThanOrEqual(0)
  expect(await page.locator('iframe').isVisible()).toBe(true)
})

test('in a dialog that is closed at first, the form is there when it opens', async () => {
  const { page, form } = await guest()
  await page.goto(await host(`<body><dialog style="width: 30rem">${tag(form.slug)}</dialog>`))
  await page.locator('iframe').waitFor({ state: 'attached' })
  await page.evaluate(() => document.querySelector('dialog')?.showModal())
  await isAsHighAsItsForm(page)
  await page.evaluate(() => document.querySelector('dialog')?.close())
  await page.setViewportSize({ width: 320, height: 640 })
  await page.evaluate(() => document.querySelector('dialog')?.showModal())
  await isAsHighAsItsForm(page)
  await send(frameOf(page))
})
