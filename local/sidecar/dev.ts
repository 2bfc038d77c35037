/**
 * The entry of `npm run dev`: the app, with /dev/ in front. (`npm start` needs no such thing: there, Miniflare itself
 * sends /dev/ to the sidecar.)
 */
import type { Env } from '#worker/env.ts'
import built from '#worker/index.ts'

const app: Required<Pick<ExportedHandler<Env>, 'fetch' | 'queue' | 'scheduled'>> = built

interface DevEnv extends Env {
  SIDECAR: Fetcher
}

export default {
  ...app,
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    if (pathname === '/dev/cron' && request.method === 'POST') {
      await app.scheduled({ cron: '* * * * *', scheduledTime: Date.now(), noRetry() {} }, env, context)
      return new Response('The scheduled handler ran.\n')
    }
    return pathname.startsWith('/dev/') ? env.SIDECAR.fetch(request) : app.fetch(request, env, context)
  },
} satisfies ExportedHandler<DevEnv>
