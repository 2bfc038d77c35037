import { Failure } from './failure.ts'

/** Where a deployment is to be found, and what differs there from wrangler.toml. */
export interface Target {
  /** Origin without a slash at its end. */
  url: string
  host: string
  vars: Record<'APP_URL' | 'MAIL_FROM', string> & Partial<Record<'SIGNUP', string>>
}

/** @throws Failure when APP_URL is missing or no origin that browsers trust */
export function readTarget(env: Record<string, string | undefined>): Target {
  const { APP_URL = '', SIGNUP } = env
  const url = URL.parse(APP_URL)
  if (url?.protocol !== 'https:' || url.pathname !== '/' || url.search || url.hash) {
    throw new Failure(
      'Set APP_URL to the address that people will open, as in APP_URL=https://partners.example.com npm run deploy.',
    )
  }
  const { MAIL_FROM = `Entente <entente@${url.host}>` } = env
  return {
    url: url.origin,
    host: url.host,
    vars: {
      APP_URL: url.origin,
      MAIL_FROM,
      ...(SIGNUP && { SIGNUP }),
    },
  }
}
