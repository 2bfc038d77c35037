import type { Local } from '#local/server.ts'
import type { Asked } from '#worker/testing/outside/wire.ts'
import { type Call, newCaller } from './http.ts'
import type { Owner } from './people.ts'

const SECTIONS = [
  {
    id: 's1',
    kind: 'fields',
    title: 'Your company',
    questions: [
      { id: 'company', type: 'text', label: 'Company', required: true, mapsTo: 'companyName' },
      { id: 'site', type: 'text', label: 'Domain', required: true, mapsTo: 'companyDomain' },
      { id: 'email', type: 'email', label: 'E-mail', required: true, mapsTo: 'contactEmail' },
      { id: 'why', type: 'longText', label: 'Why us?', required: false },
    ],
  },
  { id: 'terms', kind: 'agreement', title: 'Terms', text: 'Be fair.' },
]

/** A published form without a daily cap, and what proves that its page was opened. */
export interface OpenForm {
  readonly slug: string
  readonly token: string
}

/** What a form of the bench tells of: each of these is a target. */
export interface Targets {
  emails: string[]
  slackWebhook?: string
}

export type Ask = (path: string, body?: unknown) => Promise<{ status: number; text: string }>

/** Builds and publishes a form as its owner does, and opens it as an applicant does. */
export async function openForm(ask: Ask, slug: string, targets: Targets): Promise<OpenForm> {
  const made = await ask('/api/forms', {
    ...{ name: slug, slug, sections: SECTIONS, state: 'published', dailyCap: 0 },
    notifications: { ...targets, rhythm: 'each' },
  })
  if (made.status !== 201) throw new Error(`A form was answered ${made.status}: ${made.text}`)
  const { token }: { token: string } = JSON.parse((await ask(`/api/public/forms/${slug}`)).text)
  return { slug, token }
}

/** As `openForm` wants to be asked, with the owner's session. */
export const askAs =
  (url: string, { cookie }: Pick<Owner, 'cookie'>, origin = url): Ask =>
  async (path, body) => {
    const headers = { Origin: origin, Cookie: cookie, 'Content-Type': 'application/json' }
    const request = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(url + path, request)
    return { status: answer.status, text: await answer.text() }
  }

/** One application, from an address of its own. */
export const application = ({ slug, token }: OpenForm, key: string): Call => ({
  method: 'POST',
  path: `/apply/${slug}`,
  body: {
    answers: {
      company: key,
      site: `${key}.example`,
      email: `ada@${key}.example`,
      why: 'Together we are more.',
    },
    agreements: ['terms'],
    token,
    seconds: 60,
  },
  headers: { 'CF-Connecting-IP': newCaller(), 'Idempotency-Key': key },
})

/** Calls whose outcome a kill can leave unwritten, at most; over a long run it is one call in a hundred at most. */
const DOUBTS_OF_A_KILL = 6

/** What became of the applications that were acknowledged: by key, the id that the answer gave. */
export class Ledger {
  readonly #local: Local
  readonly #stand: string
  readonly acknowledged = new Map<string, string>()

  constructor(local: Local, stand: string) {
    this.#local = local
    this.#stand = stand
  }

  /** Everything that does not hold of them, with how many calls of providers were one too many. */
  async check(kills: number): Promise<{ breaches: string[]; done: number; calls: number; extra: number }> {
    const d1 = await this.#local.d1()
    const { results } = await d1
      .prepare('select id, company_name from submissions')
      .all<{ id: string; company_name: string }>()
    const stored = Map.groupBy(results, (each) => each.company_name)
    const breaches: string[] = []
    for (const [key, id] of this.acknowledged) {
      const found = stored.get(key) ?? []
      if (found.length !== 1 || found[0]?.id !== id) breaches.push(`${key} is stored ${found.length} times`)
    }
    const effects = await this.#effects()
    const { results: messages } = await d1.prepare(MESSAGES).all<Message>()
    for (const { message, times } of messages)
      if ((effects.get(message) ?? 0) < times) breaches.push(`${message} is done, and was not sent`)
    const calls = sum([...effects.values()])
    const extra = calls - sum(messages.map(({ times }) => times))
    if (extra > Math.max(kills * DOUBTS_OF_A_KILL, calls / 100))
      breaches.push(`${extra} calls of ${calls} were one too many`)
    return { breaches, done: sum(messages.map(({ deliveries }) => deliveries)), calls, extra }
  }

  /** How often each target was told of each submission, and of so many of a form. */
  async #effects() {
    const asked: Asked[] = await (await fetch(`${this.#stand}?about=hooks.slack.com`)).json()
    const told = [
      ...asked.map(({ body = '' }) => `${toldIn(body)} slack`),
      ...(await this.#local.mails()).flatMap(({ to, text }) =>
        toldIn(text) ? [`${toldIn(text)} ${to}`] : [],
      ),
    ]
    return new Map([...Map.groupBy(told, (each) => each)].map(([message, all]) => [message, all.length]))
  }
}

/** What was told of, by the messages that must have been sent: all deliveries of a digest were told of by one. */
interface Message {
  readonly message: string
  readonly deliveries: number
  readonly times: number
}
const MESSAGES = `select iif(digest_of, digest_of || ' of ' || topic, submission_id) || ' '
    || iif(channel = 'slack', 'slack', recipient) as message,
    count(*) as deliveries, count(*) / coalesce(digest_of, 1) as times
  from deliveries where submission_id is not null and state = 'done' group by message`

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)

/** The submission that a message is about, or how many of which form; nothing of any other message. */
function toldIn(text: string): string {
  const [submission] = /\bsub_[0-9a-z]{26}\b/.exec(text) ?? []
  const [, many] = /\b(\d+) new applications to\b/.exec(text) ?? []
  return submission ?? (many ? `${many} of ${/\bfrm_[0-9a-z]{26}\b/.exec(text)?.[0]}` : '')
}
