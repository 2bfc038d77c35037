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
    if (pathname.startsWith('/dev/')) return env.SIDECAR.fetch(request)
    return withInlineStyles(await app.fetch(request, env, context))
  },
} satisfies ExportedHandler<DevEnv>

/** Hot reload puts a page's styles into it, which the policy of a built page forbids. */
function withInlineStyles(answer: Response) {
  const policy = answer.headers.get('Content-Security-Policy')
  if (!policy?.includes("style-src 'self'")) return answer
  const open = new Response(answer.body, answer)
  open.headers.set(
    'Content-Security-Policy',
    policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
  )
  return open
}
