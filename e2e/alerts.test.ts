import { expect, test } from 'vitest'
import { founder, visitor } from './journey.ts'
import { fresh } from './people.ts'
import { press } from './scene.ts'
import { askedAbout, publish } from './stand.ts'
import type { Visitor } from './visitor.ts'

/** Fills in what the form that everybody begins with must have. */
async function fillDefault({ page }: Visitor, company: string) {
  await page.getByLabel('Company name').fill(company)
  await page.getByLabel('Website').fill('newco.example')
  await page.getByLabel('Country').selectOption({ label: 'Germany' })
  await page.getByLabel('Reseller', { exact: true }).check()
  await page.getByLabel('First name').fill('Ada')
  await page.getByLabel('Last name').fill('Byron')
  await page.getByLabel('Work e-mail').fill('ada@newco.example')
  for (const agreement of await page.getByLabel('I accept').all()) await agreement.check()
  // Whoever is done within three seconds is taken for a program.
  await page.clock.fastForward(60_000)
  await page.getByRole('button', { name: 'Send application' }).click()
}

const mailsTo = async ({ api }: Visitor, to: string) =>
  (await api.get<{ items: { subject: string; text: string }[] }>(`/dev/mail.json?to=${to}`)).items

test('a form is built and published, somebody applies, and mail and Slack lead the team to it', async () => {
  const [team, to, webhook] = [await founder(), `${fresh('team')}@vendor.example`, fresh('T')]
  const { page } = team
  await page.goto('/partners/applications')
  await press(page, 'New form')
  await page.getByLabel('Name').fill('Resellers of the north')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Notifications' }).click()
  await page.getByLabel('Who gets an e-mail').fill(to)
  await page.keyboard.press('Enter')
  await press(page, /^Save$/)
  await page
    .getByLabel('Incoming webhook of a channel')
    .fill(`https://hooks.slack.com/services/${webhook}/B/x`)
  await press(page, 'Connect')
  await page.getByText('Slack is connected.').waitFor()
  await press(page, 'Send a test to Slack')
  await page.getByText(/Slack (?:has )?took|answered/i).waitFor()
  expect(await askedAbout(webhook)).toHaveLength(1)
  await press(page, 'Publish…')
  await press(page.getByRole('dialog'), 'Publish')
  await page.getByText('Resellers of the north is published.').waitFor()
  await page.getByRole('link', { name: 'Share' }).click()
  const address = await page
    .getByText(/\/apply\/resellers-of-the-north/)
    .first()
    .textContent()

  const applicant = await visitor()
  await applicant.page.clock.install()
  await applicant.page.goto(new URL(String(address)).pathname)
  await fillDefault(applicant, 'Newco & <Sons>')
  await applicant.page.getByText(/thank you/i).waitFor()

  await expect.poll(() => mailsTo(team, to)).toHaveLength(1)
  const [mail] = await mailsTo(team, to)
  expect(mail?.subject).toBe('Newco & <Sons> applied to Resellers of the north')
  await expect.poll(async () => (await askedAbout(webhook)).length).toBe(2)
  const message = (await askedAbout(webhook)).at(-1)?.body ?? ''
  expect(JSON.parse(message).text).toContain('Newco &amp; &lt;Sons&gt;')
  const link = /https?:\/\/\S+\/submissions\/sub_\w+/.exec(mail?.text ?? '')?.[0] ?? ''
  expect(message).toContain(link)
  await page.goto(new URL(link).pathname)
  const drawer = page.getByRole('dialog', { name: 'Newco & <Sons>' })
  await expect.poll(() => drawer.getByText('Delivered').count()).toBe(2)
})

test('a channel that refuses is told of where the form is built, and sends again once it is mended', async () => {
  const [team, webhook] = [await founder(), fresh('T')]
  const { page, api } = team
  const at = `https://hooks.slack.com/services/${webhook}/B/x`
  await publish({ answers: { [at]: { status: 404, body: 'no_service' } } })
  const { id, slug } = await api.post<{ id: string; slug: string }>('/api/forms', {
    name: 'Resellers',
    state: 'published',
    notifications: { emails: [], slackWebhook: at, rhythm: 'each' },
  })
  const applicant = await visitor()
  await applicant.page.clock.install()
  await applicant.page.goto(`/apply/${slug}`)
  await fillDefault(applicant, 'Newco')
  await applicant.page.getByText(/thank you/i).waitFor()
  await expect.poll(async () => (await askedAbout(webhook)).length).toBe(1)
  await page.goto(`/partners/applications/${id}`)
  await expect
    .poll(async () => {
      await page.reload()
      await page.getByRole('heading', { name: 'Resellers' }).waitFor()
      return page.getByText('Slack no longer knows the webhook.').count()
    })
    .toBe(1)
  await publish({ answers: { [at]: { body: 'ok' } } })
  await page.getByRole('link', { name: /^Submissions/ }).click()
  await page.getByRole('link', { name: 'Newco' }).click()
  const drawer = page.getByRole('dialog', { name: 'Newco' })
  await press(drawer, 'Send again')
  // A channel takes one message a second: what comes sooner is sent by the sweep.
  await expect
    .poll(async () => {
      await page.request.post('/dev/cron')
      await page.reload()
      await drawer.getByRole('heading', { name: 'Alerts' }).waitFor()
      return drawer.getByText('Delivered').count()
    })
    .toBe(1)
  expect(await askedAbout(webhook)).toHaveLength(2)
})
