import { Hono } from 'hono'
import { TestNotification } from '#worker/applications/schema.ts'
import type { App } from '#worker/env.ts'
import { actorOf } from '#worker/http/actor.ts'
import { announce, deliveryNews } from '#worker/http/announce.ts'
import { validBody } from '#worker/http/valid.ts'
import { resendDelivery } from './resend.ts'
import { testNotification } from './test-notification.ts'

/** Mounted at /api/deliveries. */
export const deliveryRoutes = new Hono<App>().post('/:id/resend', async (c) => {
  const due = await resendDelivery(c.var.tenant, c.req.param('id'), actorOf(c))
  for (const news of deliveryNews(due ? [due] : [])) announce(c, news)
  return c.body(null, 202)
})

/** Mounted at /api/forms. */
export const alertRoutes = new Hono<App>().post(
  '/:id/test-notification',
  validBody(TestNotification),
  async (c) => c.json(await testNotification(c, c.req.param('id'), c.req.valid('json').channel)),
)
