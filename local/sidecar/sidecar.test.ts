import { once } from 'node:events'
import { createServer } from 'node:http'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleSidecar } from '#local/bundle.ts'
import { freePort } from '#local/ports.ts'
import { appWorker, sidecarWorker } from '#local/workers.ts'

/** Does what the query says with the bindings that the real one has. */
const APP = `export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/mail') return Response.json(await env.EMAIL.send(JSON.parse(searchParams.get('message'))))
    if (pathname === '/out') {
      const { method, headers, body } = request
      return fetch('https://acme.example/robots.txt?v=1', { method, headers, body, redirect: 'manual' })
    }
    return new Response('the app')
  },
}`

let runtime: Miniflare
let url: string
let crons = 0
const outside = createServer((request, response) => {
  const { method, headers } = request
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    response.writeHead(302, { Location: 'https://elsewhere.example/' })
    response.end(JSON.stringify({ method, meant: headers['x-original-url'], own: headers['x-own'], body }))
  })
})

beforeAll(async () => {
  const port = await freePort()
  outside.listen(port, '127.0.0.1')
  await once(outside, 'listening')
  const outbound = `http://127.0.0.1:${port}`
  const compatibilityDate = '2026-11-01'
  const app = appWorker({ options: { compatibilityDate }, modules: [] }, {}, outbound)
  const cron = async () => {
    crons += 1
    if (crons > 1) throw new Error('Cron is tired.')
  }
  runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: {},
      workers: [
        { ...app, modules: true, script: APP },
        sidecarWorker(await bundleSidecar(), compatibilityDate, cron, outbound),
      ],
    }),
  )
  url = (await runtime.ready).origin
})
afterAll(async () => {
  await runtime.dispose()
  outside.close()
})

const send = (message: object) =>
  fetch(`${url}/mail?message=${encodeURIComponent(JSON.stringify(message))}`).then((answer) => answer.json())

const listed = async (to = '') => {
  const { items }: { items: { to: string }[] } = JSON.parse(
    await (await fetch(`${url}/dev/mail.json?${to}`)).text(),
  )
  return items
}

test('a mail that the app sends can be read, newest first and by recipient', async () => {
  const mail = { from: 'a@entente.example', subject: 'Hello', text: 'Hi', html: '<p>Hi</p>' }
  expect(await send({ ...mail, to: 'one@acme.example' })).toEqual({ messageId: '1@mailbox.example' })
  await send({ ...mail, to: ['two@acme.example', 'Three@acme.example'] })
  expect((await listed()).map(({ to }) => to)).toEqual([
    'Three@acme.example',
    'two@acme.example',
    'one@acme.example',
  ])
  expect(await listed('to=three@acme.example')).toEqual([
    {
      id: '3',
      to: 'Three@acme.example',
      subject: 'Hello',
      text: 'Hi',
      html: '<p>Hi</p>',
      at: expect.stringMatching(/Z$/),
    },
  ])
  expect(await listed('to=nobody@acme.example')).toEqual([])
})

test('a mail has a page of its own', async () => {
  const page = await fetch(`${url}/dev/mail/1`)
  expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain('<h1>Hello</h1>')
  expect((await fetch(`${url}/dev/mail/99`)).status).toBe(404)
})

test('a request of the app goes out as it was, with the address that was meant; redirects are its own to follow', async () => {
  const answer = await fetch(`${url}/out`, {
    method: 'PUT',
    headers: { 'X-Own': 'kept' },
    body: 'content',
    redirect: 'manual',
  })
  expect(answer.status).toBe(302)
  expect(answer.headers.get('Location')).toBe('https://elsewhere.example/')
  expect(await answer.json()).toEqual({
    method: 'PUT',
    meant: 'https://acme.example/robots.txt?v=1',
    own: 'kept',
    body: 'content',
  })
})

test('POST /dev/cron runs the scheduled handler and tells when it fails', async () => {
  expect((await fetch(`${url}/dev/cron`)).status).toBe(404)
  expect((await fetch(`${url}/dev/cron`, { method: 'POST' })).status).toBe(200)
  const failed = await fetch(`${url}/dev/cron`, { method: 'POST' })
  expect(failed.status).toBe(500)
  expect(await failed.text()).toContain('Cron is tired.')
})

test('everything else is the app', async () => {
  expect(await (await fetch(`${url}/devices`)).text()).toBe('the app')
})
