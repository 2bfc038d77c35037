import type { Post } from './letter.ts'
import { inTime, type TryError } from './try.ts'

const TIMEOUT_MS = 5_000
/** Longest that Slack is believed to want to be left alone. */
const WAIT_MS_MAX = 3_600_000
const HOST = 'hooks.slack.com'

/**
 * Posts one message to a channel; answers why Slack did not take it, or null. No redirect is followed and no other host
 * asked, because whoever knows the address may post; what Slack writes back is never read.
 */
export async function postToSlack({
  webhook,
  body,
}: Pick<Post, 'webhook' | 'body'>): Promise<TryError | null> {
  const url = URL.parse(webhook)
  if (url?.protocol !== 'https:' || url.host !== HOST) return { name: 'slack_address', final: true }
  try {
    const call = fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const response = await inTime(call, TIMEOUT_MS)
    void response.body?.cancel().catch(() => undefined)
    return errorOf(response)
  } catch (error) {
    const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.message === 'timeout')
    return { name: isLate ? 'timeout' : 'unreachable', final: false }
  }
}

function errorOf({ status, headers }: Response): TryError | null {
  if (status >= 200 && status < 300) return null
  const name = `slack_${status}`
  if (status !== 429) return { name, final: status < 500 }
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN)
  const waitMs = seconds >= 0 ? Math.min(WAIT_MS_MAX, Math.max(1, seconds) * 1_000) : undefined
  return { name, final: false, ...(waitMs === undefined ? {} : { waitMs }) }
}
