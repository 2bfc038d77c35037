import { afterEach, expect, test, vi } from 'vitest'
import { sweep } from '#worker/cron.ts'
import { application, apply, plantForm } from '#worker/testing/forms.ts'
import { TestWorker } from '#worker/testing/harness.ts'
import { plantOrganization } from '#worker/testing/people.ts'

const worker = new TestWorker()
const DAY_MS = 86_400_000

afterEach(() => {
  vi.useRealTimers()
})

test('a summary names what came in through a server whose clock is behind', async () => {
  const email = 'daily@vendor.example'
  const form = await plantForm(await plantOrganization(worker), {
    emails: JSON.stringify([email]),
    rhythm: 'daily',
  })
  const start = Date.now()
  for (const [company, at] of [
    ['First', start],
    ['Behind', start - 1_000],
  ] as const) {
    vi.useFakeTimers({ toFake: ['Date'], now: at })
    expect((await apply(worker, form, await application(worker, form, { company }))).status).toBe(201)
  }
  vi.useRealTimers()
  worker.queued.length = 0
  worker.skew = DAY_MS
  await sweep(worker.env, () => start + DAY_MS)
  await worker.drain()
  const mails = worker.mails.filter(({ to }) => to === email)
  expect(mails.map(({ subject }) => subject)).toEqual(['2 applications to Become a partner'])
  expect(mails[0]?.text).toContain('Behind')
})

test('without a key, the same again is one, though the clock of the second server is behind', async () => {
  const form = await plantForm(await plantOrganization(worker))
  const body = await application(worker, form)
  const here = { headers: { 'CF-Connecting-IP': '192.0.2.77' } }
  const slot = Math.ceil(Date.now() / 600_000) * 600_000
  vi.useFakeTimers({ toFake: ['Date'], now: slot + 500 })
  await apply(worker, form, body, here)
  vi.setSystemTime(slot - 500)
  const again = await apply(worker, form, body, here)
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(await worker.count('submissions', 'form_id = ?', form.id)).toBe(1)
})

test('what comes in right after a summary, through a server for which it is not yet time, is named by another', async () => {
  const email = 'edge@vendor.example'
  const emails = JSON.stringify([email])
  const form = await plantForm(await plantOrganization(worker), { emails, rhythm: 'daily' })
  const nine = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS + 9 * 3_600_000
  const applyAt = async (company: string, at: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: at })
    expect((await apply(worker, form, await application(worker, form, { company }))).status).toBe(201)
    vi.useRealTimers()
  }
  const sweepAt = async (at: number) => {
    worker.queued.length = 0
    worker.skew = at - Date.now()
    await sweep(worker.env, () => at)
    await worker.drain()
  }
  await applyAt('Early', nine - 60_000)
  await sweepAt(nine + 200)
  await applyAt('Behind', nine - 500)
  await applyAt('Late', nine + 10_000)
  await sweepAt(nine + 60_000)
  const texts = worker.mails.filter(({ to }) => to === email).map(({ text }) => text)
  expect(texts.map((text) => ['Early', 'Behind', 'Late'].filter((name) => text.includes(name)))).toEqual([
    ['Early'],
    ['Behind', 'Late'],
  ])
})
