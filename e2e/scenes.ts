import type { Page } from 'playwright-core'
import { APPLY } from './apply-scenes.ts'
import { BULK } from './bulk-scenes.ts'
import { DIRECTORY_TOOLS } from './directory-scenes.ts'
import { FORMS } from './form-scenes.ts'
import { PARTNER } from './partner-scenes.ts'
import { fillPartner, fresh, mailedLink } from './people.ts'
import { PROGRAM, PROGRAM_PICTURES } from './program-scenes.ts'
import { at, heading, openDirectory, press, type Scene } from './scene.ts'
import { SCORING } from './scoring-scenes.ts'
import { SUBMISSIONS } from './submission-scenes.ts'
import type { Visitor } from './visitor.ts'

export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 360, height: 740 }

/** Shows the page as with another theme, once all colours have changed. */
export async function paint(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
}

const FAILURE = { type: '/problems/internal', title: 'Something went wrong on our side.', status: 500 }

const ENTRY: Scene[] = [
  { name: 'sign-in', who: 'stranger', open: at('/login', 'Sign in') },
  {
    name: 'sign-in-refused',
    who: 'stranger',
    async open({ page }) {
      await page.goto('/login')
      await page.getByLabel('E-mail').fill('nobody@demo.example')
      await page.getByLabel('Password', { exact: true }).fill('not this one')
      await press(page, 'Sign in')
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'sign-up', who: 'stranger', open: at('/signup', 'Create your organisation') },
  {
    name: 'sign-up-sent',
    who: 'stranger',
    async open({ page }) {
      await page.goto('/signup')
      await page.getByLabel('Organisation').fill('Corvane')
      await page.getByLabel('Your name').fill('Olga Owner')
      await page.getByLabel('Work e-mail').fill(`${fresh('sent')}@vendor.example`)
      await press(page, 'Continue')
      await heading(page, 'Look in your mail')
    },
  },
  { name: 'reset', who: 'stranger', open: at('/login?forgot=1', 'Reset your password') },
  {
    name: 'choose-password',
    who: 'stranger',
    async open(visitor) {
      const email = `${fresh('choose')}@vendor.example`
      await visitor.api.post('/api/organizations', { name: 'Corvane', owner: { name: 'Olga', email } })
      await visitor.page.goto(await mailedLink(visitor, email))
      await heading(visitor.page, 'Welcome, Corvane')
    },
  },
  { name: 'dead-link', who: 'stranger', open: at('/reset-password?token=old', 'This link no longer works') },
  { name: 'portal-sign-in', who: 'stranger', open: at('/portal/login', 'Partner portal') },
  { name: 'portal-reset', who: 'stranger', open: at('/portal/login?forgot=1', 'Get your password') },
]

async function openAddPartner({ page }: Visitor) {
  await page.goto('/partners/new')
  await page.getByLabel('Company name').waitFor()
}

const DIRECTORY: Scene[] = [
  { name: 'partners', who: 'owner', open: openDirectory },
  { name: 'partners-viewer', who: 'viewer', open: openDirectory },
  {
    name: 'partners-empty',
    who: 'founder',
    async open({ page }) {
      await page.goto('/partners')
      await heading(page, 'No partners yet')
      await page.getByText('Get started').waitFor()
    },
  },
  {
    name: 'partners-long-names',
    who: 'verbose',
    async open({ page }) {
      await page.goto('/partners')
      await page.getByRole('link', { name: /^WWW/ }).first().waitFor()
    },
  },
  {
    name: 'partners-error',
    who: 'owner',
    async open({ page, noise }) {
      noise.expect(/status of 500/)
      await page.route('**/api/partners?*', (route) => route.fulfill({ status: 500, json: FAILURE }))
      await page.goto('/partners')
      await heading(page, 'Your partners could not be loaded')
    },
  },
  {
    name: 'partners-offline',
    who: 'owner',
    async open({ page, context, noise }) {
      noise.expect(/ERR_INTERNET_DISCONNECTED/)
      await page.route('**/api/partners?*', (route) => route.abort('internetdisconnected'))
      await page.goto('/partners')
      await heading(page, 'Your partners could not be loaded')
      await context.setOffline(true)
      await page.getByText('You are offline.').waitFor()
    },
  },
  ...DIRECTORY_TOOLS,
  { name: 'add-partner', who: 'owner', open: openAddPartner },
  {
    name: 'add-partner-errors',
    who: 'owner',
    async open(visitor) {
      await openAddPartner(visitor)
      await press(visitor.page, 'Create partner')
      await visitor.page.getByText('Enter a first name.').waitFor()
    },
  },
  {
    name: 'add-partner-discard',
    who: 'owner',
    async open(visitor) {
      await openAddPartner(visitor)
      await visitor.page.getByLabel('Company name').fill('Driftwood')
      await press(visitor.page, 'Cancel')
      await heading(visitor.page, 'Discard this partner?')
    },
  },
]

const openMembers = async ({ page }: Visitor) => {
  await page.goto('/settings/members')
  await page.getByRole('heading', { name: /^Members/ }).waitFor()
}

const SETTINGS: Scene[] = [
  { name: 'members', who: 'owner', open: openMembers },
  { name: 'members-viewer', who: 'viewer', open: openMembers },
  { name: 'members-long-names', who: 'verbose', open: openMembers },
  {
    name: 'members-remove-long-name',
    who: 'verbose',
    async open(visitor) {
      await openMembers(visitor)
      await visitor.page.getByRole('button', { name: /^Actions for W/i }).click()
      await visitor.page.getByRole('menuitem', { name: 'Remove…' }).click()
    },
  },
  ...SCORING,
  { name: 'account', who: 'owner', open: at('/settings/account', 'Where you are signed in') },
  {
    name: 'account-menu',
    who: 'owner',
    async open(visitor) {
      await openDirectory(visitor)
      const { page } = visitor
      const navigation = page.getByRole('button', { name: 'Open navigation' })
      if (await navigation.isVisible()) await navigation.click()
      await press(page, /^Your account/)
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
    },
  },
  {
    name: 'navigation',
    who: 'owner',
    narrowOnly: true,
    async open(visitor) {
      await openDirectory(visitor)
      await press(visitor.page, 'Open navigation')
      await visitor.page.getByRole('navigation', { name: 'Main' }).waitFor()
    },
  },
  {
    name: 'keyboard',
    who: 'owner',
    async open(visitor) {
      await openDirectory(visitor)
      await visitor.page.keyboard.press('?')
      await heading(visitor.page, 'Keyboard shortcuts')
    },
  },
  {
    name: 'palette',
    who: 'owner',
    async open(visitor) {
      await openDirectory(visitor)
      await visitor.page.keyboard.press('Control+k')
      await visitor.page.getByRole('combobox').fill('nord')
      await visitor.page.getByRole('option', { name: 'Nordhavn Partners' }).waitFor()
    },
  },
  {
    name: 'not-found',
    who: 'owner',
    async open({ page, noise }) {
      noise.expect(/status of 404/)
      await page.goto('/nowhere/at/all')
      await heading(page, 'There is nothing here')
    },
  },
]

const PORTAL: Scene[] = [
  { name: 'portal', who: 'contact', open: at('/portal', 'Nothing shared yet') },
  { name: 'portal-choice', who: 'double', open: at('/portal', 'Whose partnership do you want to see?') },
  { name: 'portal-account', who: 'contact', open: at('/portal/account', 'Where you are signed in') },
  { name: 'portal-stranger', who: 'owner', open: at('/portal', 'No partner company yet') },
]

export const SCENES: readonly Scene[] = [
  ...ENTRY,
  ...DIRECTORY,
  ...BULK,
  ...PARTNER,
  ...PROGRAM,
  ...FORMS,
  ...SUBMISSIONS,
  ...SETTINGS,
  ...PORTAL,
  ...APPLY,
]

/** Worth a look, and of no other make than a scene above. */
export const PICTURES: readonly Scene[] = [
  ...PROGRAM_PICTURES,
  {
    name: 'partners-many',
    who: 'crowded',
    async open({ page }) {
      await page.goto('/partners')
      await page.getByRole('region', { name: 'All partners' }).hover()
      await page.getByRole('link', { name: 'Partner 0001', exact: true }).waitFor()
      await page.mouse.wheel(0, 1500)
      await page.getByRole('link', { name: 'Partner 0040', exact: true }).waitFor()
    },
  },
  {
    name: 'partners-added',
    who: 'adding',
    async open(visitor) {
      const { page } = visitor
      const name = fresh('Driftwood')
      await openAddPartner(visitor)
      await fillPartner(page, name)
      await page.route('**/api/partners/rows?*', () => undefined)
      await press(page, 'Create partner')
      await page.getByText(`${name} is in your directory.`).waitFor()
    },
  },
  {
    name: 'partners-reason',
    who: 'viewer',
    async open(visitor) {
      await openDirectory(visitor)
      await visitor.page.getByRole('button', { name: 'Add partner' }).focus()
      await visitor.page.keyboard.press('Shift+Tab')
      await visitor.page.keyboard.press('Tab')
    },
  },
  {
    name: 'members-remove',
    who: 'owner',
    async open(visitor) {
      await openMembers(visitor)
      await press(visitor.page, 'Actions for Julian Okoro')
      await visitor.page.getByRole('menuitem', { name: 'Remove…' }).click()
      await heading(visitor.page, 'Remove Julian Okoro?')
    },
  },
  { name: 'mails', who: 'stranger', open: at('/dev/mail', 'Mail') },
  {
    name: 'mail',
    who: 'stranger',
    async open({ page }) {
      await page.goto('/dev/mail')
      await page.getByRole('link').first().click()
      await heading(page, 'As HTML')
    },
  },
]
