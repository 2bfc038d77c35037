import type { Context } from 'hono'
import { errorClass } from '#worker/db/errors.ts'
import type { App, Env } from '#worker/env.ts'
import type { JobMessage } from '#worker/jobs/schema.ts'

/** A message without what every message carries. */
export type News =
  | { kind: 'score-partners'; orgId: string; partnerIds: string[] }
  | { kind: 'score-due'; orgId: string; after: string }
  | { kind: 'check-domains'; orgId: string; domains: string[] }
  | { kind: 'deliver' | 'deliver-slack'; deliveryIds: string[]; many?: boolean }
  | { kind: 'delete-files' }

/** What asks others, and waits for them, has a queue of its own: nobody's scores or mails wait behind it. */
export const queueFor = ({ CHECKS, JOBS }: Env, kind: News['kind']) =>
  kind === 'check-domains' || kind === 'deliver-slack' ? CHECKS : JOBS

/**
 * Tells the queue that work waits in D1. After the answer, and never failing it: a message that is lost is found by the
 * sweep within a minute.
 */
export function announce(c: Context<App>, news: News) {
  c.executionCtx.waitUntil(send(c, { v: 1, requestId: c.var.requestId, ...news }))
}

/** A delivery that is due, and by which channel. */
export interface DueDelivery {
  readonly id: string
  readonly channel: 'email' | 'slack'
  /** It stands for all that are alike. */
  readonly many?: number
}

/** Tells of deliveries by channel: a channel of Slack takes one message a second, which no mail waits for. */
export const deliveryNews = (due: readonly DueDelivery[]): News[] => [
  ...[
    ...Map.groupBy(
      due.filter(({ many }) => !many),
      ({ channel }) => channel,
    ),
  ].map(([channel, some]) => ({
    kind: kindOf(channel),
    deliveryIds: some.map(({ id }) => id),
  })),
  ...due
    .filter(({ many }) => many)
    .map(({ id, channel }) => ({ kind: kindOf(channel), deliveryIds: [id], many: true })),
]

const kindOf = (channel: DueDelivery['channel']): 'deliver' | 'deliver-slack' =>
  channel === 'slack' ? 'deliver-slack' : 'deliver'

/** Partners of one message: as many as one run of the consumer scores. */
const SCORED_TOGETHER = 100

/** Tells the queue that these partners of the caller's organisation are due to be scored. */
export function announceScores(c: Context<App>, partnerIds: readonly string[]) {
  const { orgId } = c.var.tenant
  for (let at = 0; at < partnerIds.length; at += SCORED_TOGETHER)
    announce(c, { kind: 'score-partners', orgId, partnerIds: partnerIds.slice(at, at + SCORED_TOGETHER) })
}

async function send({ env, var: { log } }: Context<App>, message: JobMessage) {
  try {
    await queueFor(env, message.kind).send(message)
  } catch (error) {
    log('announce_failed', { kind: message.kind, class: errorClass(error) })
  }
}
