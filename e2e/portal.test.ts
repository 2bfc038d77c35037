import { expect, test } from 'vitest'
import { contact, founder, isAt, visitor } from './journey.ts'
import { fresh, mailedLink, PASSWORD, partner } from './people.ts'
import type { Api } from './visitor.ts'

test('a contact gets a first password through the portal, and finds a home with nothing to do', async () => {
  const owner = await founder('Tessellate Works')
  const email = await addPartner(owner.api, 'Larkspur Payroll')
  const one = await visitor()
  const { page } = one
  await page.goto('/portal')
  await page.getByRole('heading', { name: 'Partner portal' }).waitFor()
  await page.getByRole('link', { name: 'First time here, or forgot your password?' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await page.getByRole('heading', { name: 'Look in your mail' }).waitFor()

  await page.goto(await mailedLink(one, email))
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('heading', { name: 'Larkspur Payroll' }).waitFor()
  await page.getByText('Partner of Tessellate Works').waitFor()
  await page.getByRole('heading', { name: 'Nothing shared yet' }).waitFor()
  await isAt(page, '/portal')
})

test('a contact of two partners chooses between them', async () => {
  const owner = await founder('Tessellate Works')
  const email = `${fresh('robin')}@both.example`
  await addPartner(owner.api, 'Larkspur Payroll', email)
  await addPartner(owner.api, 'Pumice Bank Software', email)
  const { page } = await contact(email)
  await page.goto('/portal')
  await page.getByRole('heading', { name: 'Whose partnership do you want to see?' }).waitFor()
  await page.getByRole('link', { name: /Larkspur Payroll/ }).click()
  await page.getByRole('heading', { name: 'Larkspur Payroll' }).waitFor()
  await page.getByRole('link', { name: 'Change company' }).click()
  await page.getByRole('link', { name: /Pumice Bank Software/ }).click()
  await page.getByRole('heading', { name: 'Pumice Bank Software' }).waitFor()
})

test('the pages of members are closed to a contact, who is led to the portal', async () => {
  const owner = await founder()
  const { page, noise } = await contact(await addPartner(owner.api, 'Larkspur Payroll'))
  // What those pages ask for on their way is refused.
  noise.expect(/status of 40[34]/)
  for (const path of ['/partners', '/settings/members']) {
    await page.goto(path)
    await page.getByRole('heading', { name: 'Larkspur Payroll' }).waitFor()
    await isAt(page, '/portal')
  }
})

test('another company of the same vendor is not there for a contact', async () => {
  const owner = await founder()
  const { page } = await contact(await addPartner(owner.api, 'Larkspur Payroll'))
  const other = await owner.api.post<{ id: string }>('/api/partners', partner({ name: 'Pumice' }))
  for (const path of [`/portal/${other.id}`, `/portal/${other.id}/plan`]) {
    await page.goto(path)
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  }
  expect(await page.getByText('Pumice').count()).toBe(0)
})

test('a member in the portal learns where the directory is', async () => {
  const { page } = await founder()
  await page.goto('/portal')
  await page.getByRole('heading', { name: 'No partner company yet' }).waitFor()
  await page.getByRole('button', { name: 'Go to the partner directory' }).click()
  await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
})

/** @returns the address of its contact */
async function addPartner(api: Api, name: string, email = `${fresh('contact')}@partner.example`) {
  const primaryContact = { firstName: 'Robin', lastName: 'Delaney', email }
  await api.post('/api/partners', partner({ name, primaryContact }))
  return email
}
