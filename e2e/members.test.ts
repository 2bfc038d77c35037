import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { founder, isAt, isDescribed, member, signIn, visitor } from './journey.ts'
import { fillPartner, fresh, mailedLink, PASSWORD, partner } from './people.ts'

test('an invited viewer joins by mail, and sees Add partner disabled with the reason', async () => {
  const owner = await founder('Tessellate Works')
  const email = `${fresh('vera')}@vendor.example`
  await owner.page.goto('/settings/members')
  await owner.page.getByLabel('E-mail').fill(email)
  await owner.page.getByLabel('Role', { exact: true }).selectOption('Viewer')
  await owner.page.getByRole('button', { name: 'Invite' }).click()
  await owner.page.getByText(`An invitation is on its way to ${email}.`).waitFor()
  await entry(owner.page, email).getByText('Invited').waitFor()

  const viewer = await visitor()
  const { page } = viewer
  await page.goto(await mailedLink(viewer, email))
  await page.getByRole('heading', { name: 'Join Tessellate Works' }).waitFor()
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  const add = page.getByRole('button', { name: 'Add partner' }).first()
  expect(await add.getAttribute('aria-disabled')).toBe('true')
  await isDescribed(add, 'Your role is Viewer; this needs Manager or higher.')
  await add.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('c')
  await page.goto('/partners/new')
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)

  await owner.page.reload()
  await entry(owner.page, email).waitFor()
  expect(await entry(owner.page, email).getByText('Invited').count()).toBe(0)
})

test('a viewer sees who the members are, and changes none of them', async () => {
  const owner = await founder()
  const { page } = await member(owner, 'viewer')
  await page.goto('/settings/members')
  expect(await page.getByRole('combobox', { name: 'Role of Olga Owner' }).isDisabled()).toBe(true)
  await isDescribed(
    page.getByRole('button', { name: 'Invite' }),
    'Your role is Viewer; members are for admins and owners.',
  )
})

test('a new role counts from the next thing that one does', async () => {
  const owner = await founder()
  const manager = await member(owner, 'manager')
  const { page } = manager
  await page.goto('/partners/new')
  await fillPartner(page, 'Driftwood')

  await chooseRole(owner.page, manager.name, 'Viewer')
  manager.noise.expect(/status of 403/)
  await page.getByRole('button', { name: 'Create partner' }).click()
  await page.getByRole('alert').getByText('You may not do this.').waitFor()
  expect(await page.getByLabel('Company name').inputValue()).toBe('Driftwood')

  await chooseRole(owner.page, manager.name, 'Manager')
  await page.getByRole('button', { name: 'Create partner' }).click()
  await page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()
})

test('a member who is removed is signed out by the next thing that they do', async () => {
  const owner = await founder()
  const { id } = await owner.api.post<{ id: string }>('/api/partners', partner({ name: 'Driftwood' }))
  const manager = await member(owner, 'manager')
  await manager.page.goto('/partners')
  await manager.page.getByRole('link', { name: 'Driftwood', exact: true }).waitFor()

  const { page } = owner
  await page.goto('/settings/members')
  await page.getByRole('button', { name: `Actions for ${manager.name}` }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('button', { name: `Remove ${manager.name}` }).click()
  await page.getByText(`${manager.name} is no longer a member.`).waitFor()
  await entry(page, manager.email).waitFor({ state: 'detached' })

  await manager.page.getByRole('link', { name: 'Driftwood', exact: true }).click()
  await manager.page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await isAt(manager.page, `/login?next=${encodeURIComponent(`/partners/${id}`)}`)
  // The page asks for partners before it knows whose it is.
  manager.noise.expect(/status of 403/)
  await signIn(manager.page, manager.email)
  await manager.page.getByRole('heading', { name: 'No organisation yet' }).waitFor()
})

test('an invitation that is sent again voids the one before', async () => {
  const owner = await founder()
  const { page } = owner
  const email = `${fresh('vera')}@vendor.example`
  await owner.api.post('/api/members', { email, role: 'viewer' })
  const guest = await visitor()
  const first = await mailedLink(guest, email)
  await page.goto('/settings/members')
  await entry(page, email)
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: 'Send the invitation again' }).click()
  await page.getByText(`A new invitation is on its way to ${email}.`).waitFor()

  const second = await mailedLink(guest, email, 2)
  await guest.page.goto(first)
  await guest.page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  await guest.page.goto(second)
  await guest.page.getByRole('heading', { name: 'Join Corvane' }).waitFor()
})

test('somebody who is a member already is not invited again, and that is said at the field', async () => {
  const owner = await founder()
  const { page } = owner
  await page.goto('/settings/members')
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByRole('button', { name: 'Invite' }).click()
  await isDescribed(page.getByLabel('E-mail'), 'This address is a member already, or invited.')
  expect(await page.getByLabel('E-mail').inputValue()).toBe(owner.email)
})

test('the last owner can neither go nor become less, and the page says why', async () => {
  const { page } = await founder()
  const reason = 'The last owner stays. Make somebody else an owner first.'
  await page.goto('/settings/members')
  const role = page.getByRole('combobox', { name: 'Role of Olga Owner' })
  await role.waitFor()
  expect(await role.isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Actions for Olga Owner' }).click()
  const remove = page.getByRole('menuitem', { name: 'Remove…' })
  await remove.getByText(reason).waitFor({ state: 'attached' })
  expect(await remove.getAttribute('aria-disabled')).toBe('true')
  await remove.click({ force: true })
  expect(await page.getByRole('dialog').count()).toBe(0)
})

/** A member's entry in the list. */
const entry = (page: Page, email: string) => page.getByRole('listitem').filter({ hasText: email })

async function chooseRole(page: Page, name: string, role: string) {
  await page.goto('/settings/members')
  await page.getByRole('combobox', { name: `Role of ${name}` }).selectOption(role)
  await page.getByText(`The role of ${name} is changed.`).waitFor()
}
