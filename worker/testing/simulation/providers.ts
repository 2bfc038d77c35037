import type { Call } from './call.ts'
import type { World } from './world.ts'

/** An address that the mail provider refuses for good, and a channel that is gone. */
export const GONE = 'gone@vendor.example'
export const GONE_WEBHOOK = 'https://hooks.slack.com/services/T0/B0/gone-hQ7mZk2v'
export const WEBHOOK = 'https://hooks.slack.com/services/T0/B0/open-hQ7mZk2v'

/** Longer than anybody waits for a provider. */
const SILENCE_MS = 20_000

export const mailTarget = (told: string, address: string) => `${told} email ${address}`
export const slackTarget = (told: string) => `${told} slack`

/** What a message tells of: a submission by its link, or those of a form, each by its company. */
function toldOf(text: string): string[] {
  const submissions = text.match(/\bsub_[0-9a-z]{26}\b/g)
  if (submissions) return [...new Set(submissions)]
  const [form = ''] = text.match(/\bfrm_[0-9a-z]{26}\b/) ?? []
  return [...new Set(text.match(/\bCompany \d+\b/g))].map((company) => `${form} ${company}`)
}

/** What one message tells of; a digest counts. */
interface Telling {
  readonly targets: readonly string[]
  readonly of: number
}

const DIGEST = /\b(\d+) new applications to\b/

/** A digest tells of what its call holds for the form and the target, which must be as many as it says. */
function tellingOf(world: World, call: Call, text: string, address: string | null): Telling {
  const targetOf = (told: string) => (address === null ? slackTarget(told) : mailTarget(told, address))
  const [, said] = DIGEST.exec(text) ?? []
  if (!said) return { targets: toldOf(text).map(targetOf), of: 1 }
  const [form = ''] = text.match(/\bfrm_[0-9a-z]{26}\b/) ?? []
  const held = world.storage
    .read('select id, channel, recipient, submission_id from deliveries where topic = ?', form)
    .filter(({ id }) => call.held.has(String(id)))
    .filter(({ channel, recipient }) => (address === null ? channel === 'slack' : recipient === address))
  if (held.length !== Number(said) && held.length > 0)
    world.breaches.add(`a digest of ${said} that holds ${held.length}`)
  return { targets: held.map(({ submission_id }) => targetOf(String(submission_id))), of: Number(said) }
}

type Ending = 'done' | 'fails' | 'ambiguous'

/** The provider does it, or not, and says so, or not. */
async function provide(world: World, call: Call, what: string, { targets, of }: Telling): Promise<Ending> {
  const isSilent = world.goesWrong('providerSilent')
  await call.wait(what, isSilent ? SILENCE_MS : 50, isSilent ? 2 * SILENCE_MS : 900)
  if (world.goesWrong('providerFails')) return 'fails'
  const isAmbiguous = world.goesWrong('providerAmbiguous')
  for (const target of targets) {
    const effect = { target, of, excused: isSilent || isAmbiguous }
    world.effects.push(effect)
    call.effects.push(effect)
    world.note(`${call.name}: did ${target}${effect.excused ? ', unseen' : ''}`)
  }
  await call.wait(`${what} answers`, 1, 50)
  return isAmbiguous ? 'ambiguous' : 'done'
}

/** The e-mail binding as one call sees it. */
export function mailboxOf(world: World, call: Call): SendEmail {
  return {
    send: async (message) => {
      if (!('subject' in message)) throw new Error('Only composed mails are sent.')
      const { to, text = '' } = message
      if (typeof to !== 'string') throw new Error('Each mail goes to one address.')
      if (to === GONE) throw Object.assign(new Error('Suppressed.'), { code: 'E_RECIPIENT_SUPPRESSED' })
      const ending = await provide(world, call, 'mail', tellingOf(world, call, text, to))
      if (ending !== 'done') throw Object.assign(new Error('Try again.'), { code: 'E_INTERNAL_SERVER_ERROR' })
      return { messageId: 'sent' }
    },
  }
}

/** Slack, and nobody else. */
export async function callSlack(world: World, call: Call, input: unknown, init: unknown): Promise<Response> {
  const address = String(input)
  if (address === GONE_WEBHOOK) {
    await call.wait('slack', 50, 900)
    return new Response('channel_is_archived', { status: 410 })
  }
  if (address !== WEBHOOK) throw new Error(`A call to an unknown address: ${address}`)
  const text = typeof init === 'object' && init !== null && 'body' in init ? String(init.body) : ''
  const ending = await provide(world, call, 'slack', tellingOf(world, call, text, null))
  if (ending === 'done') return new Response('ok')
  if (ending === 'ambiguous') throw new TypeError('fetch failed')
  return world.chance.pick([
    () => new Response('rollup_error', { status: 500 }),
    () => new Response('rate_limited', { status: 429, headers: { 'Retry-After': '30' } }),
    () => new Response('timeout', { status: 503 }),
  ])()
}
