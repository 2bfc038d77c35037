import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import { launch } from './browser.ts'
import { found, join, openPortal, PASSWORD, type Person, signInToDemo } from './people.ts'
import { type Visitor, visit } from './visitor.ts'

/** One for all files of journeys. It hangs on this process, and ends when that does. */
let browser: Promise<Browser> | undefined

/** A window that closes with the test, which fails unless the visit was quiet. */
export async function visitor(options?: BrowserContextOptions): Promise<Visitor> {
  browser ??= launch(inject('browser'))
  const one = await visit(await browser, inject('siteUrl'), options)
  onTestFinished(async () => {
    await one.context.close()
    expect(one.noise.heard()).toEqual([])
  })
  return one
}

/** Browsers of people who only look, which keep what they have loaded for whoever of the same role looks next. */
const kept = new Map<string, Promise<Visitor>>()

/** A new window in the browser of a role: signed in as `come` did it once, with nothing else remembered. */
export async function lookingAs(
  role: string,
  come: (visitor: Visitor) => Promise<Visitor>,
): Promise<Visitor> {
  browser ??= launch(inject('browser'))
  const opened = browser
  const first = kept.get(role) ?? opened.then(async (one) => come(await visit(one, inject('siteUrl'))))
  kept.set(role, first)
  const one = await first
  const page = await one.context.newPage()
  await page.addInitScript(forgetOnce)
  onTestFinished(async () => {
    await page.close()
    await one.context.setOffline(false)
    expect(one.noise.forget()).toEqual([])
  })
  return { ...one, page }
}

function forgetOnce() {
  if (sessionStorage.getItem('new window')) return
  localStorage.clear()
  sessionStorage.setItem('new window', 'no more')
}

/** The owner of a new organisation, signed in. */
export const founder = async (organization?: string): Promise<Person> => found(await visitor(), organization)

/** A new member of the owner's organisation, signed in. */
export const member = async (owner: Visitor, role: string): Promise<Person> =>
  join(owner, await visitor(), role)

/** A contact of a partner, with a first password and signed in. */
export const contact = async (email: string): Promise<Person> => openPortal(await visitor(), email)

/** Somebody of the demo, to look and not to change. */
export const demo = async (email = 'owner@demo.example'): Promise<Person> =>
  signInToDemo(await visitor(), email)

/** The same person in another browser, signed in there too. */
export async function elsewhere({ name, email }: Person): Promise<Person> {
  const other = await visitor()
  await other.api.post('/api/auth/sign-in/email', { email, password: PASSWORD })
  return { ...other, name, email }
}

/** Fills the form of a sign-in page and sends it. */
export async function signIn(page: Page, email: string, password = PASSWORD) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Waits until the element has the focus. */
export const hasFocus = (locator: Locator) =>
  expect.poll(() => locator.evaluate((element) => element === document.activeElement)).toBe(true)

/** Waits until what describes the control, such as its error, says so. */
export const isDescribed = (control: Locator, words: string | RegExp) =>
  expect.poll(() => control.evaluate(description)).toMatch(words)

function description(control: Element) {
  const ids = control.getAttribute('aria-describedby')?.split(' ') ?? []
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
}

/** Waits until the page is at a path. */
export const isAt = (page: Page, path: string) => expect.poll(() => pathOf(page)).toBe(path)
const pathOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search
