import { expect, test } from 'vitest'
import { elsewhere, founder, isAt, isDescribed, signIn, visitor } from './journey.ts'
import { PASSWORD } from './people.ts'

test('a new name shows at once, wherever the old one stood', async () => {
  const { page } = await founder()
  await page.goto('/settings/account')
  await page.getByLabel('Name', { exact: true }).fill('Olga von Tessellate')
  await page.getByRole('button', { name: 'Save name' }).click()
  await page.getByText('Name saved.').waitFor()
  await page.getByRole('button', { name: 'Your account: Olga von Tessellate' }).waitFor()
  await page.getByRole('link', { name: 'Members' }).click()
  await page.getByRole('listitem').getByText('Olga von Tessellate').waitFor()
})

test('a password is changed with the old one, and every other session ends', async () => {
  const owner = await founder()
  const { page } = owner
  const other = await elsewhere(owner)
  const newPassword = 'quite another few words'
  await page.goto('/settings/account')
  await page.getByLabel('Current password').fill('not the password')
  await page.getByLabel('New password').fill(newPassword)
  await page.getByRole('button', { name: 'Change password' }).click()
  await isDescribed(page.getByLabel('Current password'), 'This is not your current password.')
  expect(await page.getByLabel('New password').inputValue()).toBe(newPassword)

  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Password changed.').waitFor()
  expect(await page.getByLabel('Current password').inputValue()).toBe('')

  await other.page.goto('/partners')
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(other.page, owner.email, newPassword)
  await isAt(other.page, '/partners')
  await page.reload()
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
})

test('another session is ended from the list, and that browser is out', async () => {
  const owner = await founder()
  const { page } = owner
  const other = await elsewhere(owner)
  await other.page.goto('/partners')
  await other.page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  await page.goto('/settings/account')
  await page.getByText('This one').waitFor()
  await page.getByRole('button', { name: /^End the session of/ }).click()
  await page.getByText('Session ended.').waitFor()
  expect(await page.getByRole('button', { name: /^End the session of/ }).count()).toBe(0)
  await isDescribed(
    page.getByRole('button', { name: 'Sign out everywhere else' }),
    'You are signed in nowhere else.',
  )
  await other.page.getByRole('link', { name: 'Settings' }).click()
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
})

test('signing out ends the session, and Back shows nothing of it', async () => {
  const { page } = await founder('Tessellate Works')
  await page.goto('/settings/members')
  await page.getByRole('listitem').getByText('Olga Owner').waitFor()
  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.getByText('Olga Owner').count()).toBe(0)
})

test('a stranger is asked to sign in', async () => {
  const { page } = await visitor()
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
})
