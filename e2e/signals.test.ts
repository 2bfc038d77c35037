import { expect, test } from 'vitest'
import { png } from '#worker/testing/images.ts'
import { founder, hasFocus, isDescribed, member } from './journey.ts'
import { fresh, partner } from './people.ts'
import { publish } from './stand.ts'
import type { Visitor } from './visitor.ts'

const HOME = `<html lang="sv"><title>Basalt Robotics</title><link rel="icon" href="/icon.png">
  <meta name="description" content="Robots for quarries &amp; mines.">
  <script type="application/ld+json">{"@type":"Organization","name":"Basalt Robotics AB","address":{"addressCountry":"DE"}}</script>`

/** A partner with a site of its own, whose registry tells nothing. */
async function addBasalt({ api }: Visitor) {
  const domain = `${fresh('basalt')}.com`
  const icon = Buffer.from(png(64, 64)).toString('base64')
  await publish({
    zones: { [domain]: { A: ['93.184.216.34'], MX: ['1 aspmx.l.google.com.'] } },
    answers: {
      [`https://${domain}/`]: { headers: { 'Content-Type': 'text/html' }, body: HOME },
      [`https://${domain}/icon.png`]: { base64: icon },
    },
  })
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Basalt', domain }))
  return { id, domain }
}

test('what the website suggests appears by itself, is taken over, undone and waved off', async () => {
  const one = await founder()
  const { page, api } = one
  const { id } = await addBasalt(one)
  await page.goto(`/partners/${id}`)
  const region = page.getByRole('region', { name: 'Suggestions from the website' })
  const accept = (field: string) => region.getByRole('button', { name: `Accept ${field}` })
  await region.getByText('Basalt Robotics AB').waitFor()

  await accept('name').click()
  await page.getByRole('heading', { name: 'Basalt Robotics AB' }).waitFor()
  await hasFocus(accept('description'))
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { name: 'Basalt', exact: true }).waitFor()
  await accept('name').waitFor()

  await accept('description').click()
  await page.getByRole('heading', { name: 'About' }).waitFor()
  await page.getByText('Robots for quarries & mines.').waitFor()
  await accept('logo').click()
  await page.locator(`[data-row="${id}"] img`).waitFor()
  await region.getByRole('button', { name: 'Ignore region' }).click()
  await accept('region').waitFor({ state: 'detached' })
  await region.getByRole('button', { name: 'Ignore name' }).click()
  await accept('languages').click()
  await hasFocus(region.getByRole('button', { name: 'Undo' }))
  await page.reload()
  await page.getByText('Last edited').waitFor()
  expect(await region.isVisible()).toBe(false)
  expect(await api.get(`/api/partners/${id}`)).toMatchObject({
    name: 'Basalt',
    description: 'Robots for quarries & mines.',
    languages: ['sv'],
    region: 'nordics',
    logoUrl: expect.stringMatching(/^\/files\//),
  })
})

test('what was found, what was not, what could not be told and what was not looked for stand apart', async () => {
  const one = await founder()
  const { page, api } = one
  const { id, domain } = await addBasalt(one)
  await page.goto(`/partners/${id}?tab=scores&score=signals`)
  const part = (name: string) => page.getByRole('region', { name })
  await part('DNS')
    .getByText(/Checked ·/)
    .waitFor()
  const fact = (name: string, label: string) =>
    part(name)
      .locator('dl > div')
      .filter({ has: page.getByText(label, { exact: true }) })
      .locator('dd')
  expect(await fact('DNS', 'Technologies').textContent()).toContain('Google Workspace')
  expect(await fact('DNS', 'DMARC policy').textContent()).toContain('Not found')
  expect(await fact('Website', 'Home page').getByRole('link').getAttribute('href')).toBe(`https://${domain}/`)
  await part('Domain registration')
    .getByText(/Could not check ·/)
    .waitFor()

  const reserved = await api.post<{ id: string }>('/api/partners', partner({ name: 'Reserved' }))
  await page.goto(`/partners/${reserved.id}?tab=scores&score=signals`)
  await part('Website').getByText('Not checked yet').waitFor()
})

test('a viewer sees suggestions, and learns why they cannot be taken over', async () => {
  const owner = await founder()
  const { id } = await addBasalt(owner)
  const { page } = await member(owner, 'viewer')
  await page.goto(`/partners/${id}`)
  const reason = 'Your role is Viewer; this needs Manager or higher.'
  for (const name of ['Accept name', 'Ignore name'])
    await isDescribed(page.getByRole('button', { name }), reason)
})

test('what a company does is written in the edit drawer and stands in the overview', async () => {
  const { page, api } = await founder()
  const { id } = await api.post<{ id: string }>('/api/partners', partner({ name: 'Basalt' }))
  await page.goto(`/partners/${id}/edit`)
  await page.getByLabel('Description').fill('Robots for quarries.')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText('Robots for quarries.').waitFor()
  await page.getByRole('heading', { name: 'About' }).waitFor()
})
