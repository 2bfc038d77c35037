import { app } from '#worker/app.ts'
import { sweep } from '#worker/cron.ts'
import type { Env } from '#worker/env.ts'
import { consume } from '#worker/jobs/consumer.ts'

export default {
  fetch: app.fetch,
  queue: (batch, env) => consume(batch, env, Date.now),
  scheduled: (_, env) => sweep(env, Date.now),
} satisfies ExportedHandler<Env>
