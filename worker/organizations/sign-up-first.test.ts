import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { TestWorker } from '#worker/testing/harness.ts'
import { address, fresh, PASSWORD, tokenFor } from '#worker/testing/people.ts'

const worker = new TestWorker({ SIGNUP: 'first' })

async function mailedToken() {
  const email = `${fresh('founder')}@vendor.example`
  await worker.request('POST', '/api/organizations', {
    body: { name: fresh('First'), owner: { name: 'Fiona Founder', email } },
    headers: { 'CF-Connecting-IP': address() },
  })
  await worker.drain()
  return tokenFor(worker, email)
}
const isOpen = async () => {
  const response = await worker.request('GET', '/api/sign-up')
  const { open } = await response.json<{ open: boolean }>()
  return open
}

test('a deployment takes its first organisation and no other, even from ten founders at once', async () => {
  await env.DB.exec('delete from organizations; delete from users')
  expect(await isOpen()).toBe(true)
  const tokens = []
  for (let founders = 0; founders < 10; founders++) tokens.push(await mailedToken())
  const late = await mailedToken()
  const answers = await Promise.all(
    tokens.map((token) =>
      worker.request('POST', '/api/auth/reset-password', {
        body: { token, newPassword: PASSWORD },
        headers: { 'CF-Connecting-IP': address() },
      }),
    ),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await worker.count('organizations')).toBe(1)
  expect(await worker.count('users')).toBe(1)
  expect(await worker.count('members')).toBe(1)
  expect(await isOpen()).toBe(false)
  const refused = await worker.request('POST', '/api/auth/reset-password', {
    body: { token: late, newPassword: PASSWORD },
  })
  expect(refused.status).toBe(422)
  expect(await worker.count('organizations')).toBe(1)
})

test('once there is an organisation, signing up is answered as before and mails nothing', async () => {
  const mails = worker.mails.length
  const response = await worker.request('POST', '/api/organizations', {
    body: { name: 'Second', owner: { name: 'Late', email: `${fresh('late')}@vendor.example` } },
    headers: { 'CF-Connecting-IP': address() },
  })
  expect([response.status, await response.text()]).toEqual([202, '{}'])
  await worker.drain()
  expect(worker.mails).toHaveLength(mails)
})
