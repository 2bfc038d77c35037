import { inject } from 'vitest'
import { type Asked, CONTROL, type Outside } from '#worker/testing/outside/wire.ts'

const headers = { 'X-Original-URL': CONTROL }

/** Adds to what the network outside answers. */
export async function publish(outside: Outside) {
  await fetch(inject('outsideUrl'), { method: 'PUT', headers, body: JSON.stringify(outside) })
}

/** What the network outside was asked at addresses that hold `about`. */
export async function askedAbout(about: string): Promise<Asked[]> {
  const query = new URLSearchParams({ about })
  const answer = await fetch(inject('outsideUrl'), { headers: { 'X-Original-URL': `${CONTROL}/?${query}` } })
  return answer.json()
}
