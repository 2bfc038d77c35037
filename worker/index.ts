import { app } from '#worker/app.ts'
import { warmAnswer } from '#worker/apply/warm.ts'
import type { Env } from '#worker/env.ts'

// What runs behind requests is loaded when it is called for: no first answer waits for it.
export default {
  fetch: (request, env, context) => warmAnswer(request) ?? app.fetch(request, env, context),
  queue: async (batch, env) => (await import('#worker/jobs/consumer.ts')).consume(batch, env, Date.now),
  scheduled: async (_, env) => (await import('#worker/cron.ts')).sweep(env, Date.now),
} satisfies ExportedHandler<Env>
