import { WorkerEntrypoint } from 'cloudflare:workers'
import { mailboxOf, type SidecarEnv } from './env.ts'
import { listPage, mailPage } from './pages.ts'

/** A mail is somebody else's HTML: it may look as it likes and link where it likes, and do nothing. */
const HTML = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
}

/** Everything under /dev/. */
export class Site extends WorkerEntrypoint<SidecarEnv> {
  override async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const mailbox = mailboxOf(this.env)
    const route = `${request.method} ${pathname}`
    if (route === 'POST /dev/cron') return this.env.CRON.fetch('http://cron/', { method: 'POST' })
    if (route === 'GET /dev/mail') return new Response(listPage(await mailbox.list(null)), { headers: HTML })
    if (route === 'GET /dev/mail.json') {
      const items = await mailbox.list(searchParams.get('to'))
      return Response.json({ items }, { headers: { 'Cache-Control': 'no-store' } })
    }
    const id = /^GET \/dev\/mail\/(\d+)$/.exec(route)?.[1]
    const mail = id && (await mailbox.find(id))
    if (mail) return new Response(mailPage(mail), { headers: HTML })
    return new Response('There is nothing here. Try /dev/mail.\n', { status: 404 })
  }
}
