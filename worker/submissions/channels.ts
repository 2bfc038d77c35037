import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { openWebhook } from '#worker/applications/webhook.ts'
import type { Database } from '#worker/db/database.ts'
import { change, rows } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import type { Message, Post } from '#worker/notifications/letter.ts'

/** A channel takes one message a second. */
const PACE_MS = 1_000
/** Messages to one channel that one run sends: with five seconds of silence after each, still within the lease. */
const RUN_MAX = 5
/** Longer than anybody holds a channel; a later time was written by a clock that is ahead. */
const HELD_MAX_MS = 2 * 3_600_000

/** A form's channel, as a delivery finds it. */
export interface ToChannel {
  readonly org_id: string
  readonly form_id: string
  readonly channel: 'email' | 'slack'
  readonly slack_webhook: string | null
  readonly slack_free_at: number
}

/** What is left of a channel's turns in this run. */
interface Turns {
  readonly webhook: string | null
  /** Null while another run posts to it; then it is free at `from`. */
  readonly taken: boolean
  readonly from: number
  used: number
}

/** The Slack channels of the forms that a run tells of: each is taken for as long as its messages need, or left alone. */
export class Channels {
  readonly #byForm: ReadonlyMap<string, Turns>
  readonly #now: number

  private constructor(byForm: ReadonlyMap<string, Turns>, now: number) {
    this.#byForm = byForm
    this.#now = now
  }

  static async open(env: Env, db: Database, deliveries: readonly ToChannel[], now: number) {
    const posts = deliveries.filter(({ channel, slack_webhook }) => channel === 'slack' && slack_webhook)
    const forms = [...Map.groupBy(posts, ({ form_id }) => form_id)]
    const taken = forms.length === 0 ? [] : await db.run(takeChannels(forms, now))
    const free = new Set(taken.map(({ id }) => id))
    const turns = forms.map(async ([id, [first]]): Promise<[string, Turns]> => {
      const webhook = first?.slack_webhook
        ? await openWebhook(env.AUTH_SECRET, id, first.slack_webhook)
        : null
      const from = Math.max(now + PACE_MS, first?.slack_free_at ?? 0)
      return [id, { webhook, taken: free.has(id), from, used: 0 }]
    })
    return new Channels(new Map(await Promise.all(turns)), now)
  }

  /**
   * The next message to the form's channel: to be sent in this run, or when the channel is free again. That is one time for
   * all that wait for it, so that one reminder finds all of them due.
   */
  next({ org_id, form_id }: ToChannel, body: Post['body']): Message {
    const turns = this.#byForm.get(form_id)
    if (!turns) return { error: 'slack_removed' }
    const { webhook, taken, from } = turns
    if (webhook === null) return { error: 'slack_unreadable' }
    if (!taken) return { until: from }
    const after = turns.used++ * PACE_MS
    if (after >= RUN_MAX * PACE_MS) return { until: this.#now + RUN_MAX * PACE_MS }
    return { webhook, body, afterMs: after, hold: (db, until) => hold(db, org_id, form_id, until) }
  }
}

const Taken = z.object({ id: z.string() })

const takeChannels = (forms: readonly (readonly [string, readonly ToChannel[]])[], now: number) => {
  const wanted = forms.map(([id, some]) => ({
    id,
    orgId: some[0]?.org_id,
    until: now + Math.min(RUN_MAX, some.length) * PACE_MS,
  }))
  return rows(
    Taken,
    sql`update forms set slack_free_at = r.value ->> 'until' from json_each(${JSON.stringify(wanted)}) r
      where forms.org_id = r.value ->> 'orgId' and forms.id = r.value ->> 'id'
        and (forms.slack_free_at <= ${now} or forms.slack_free_at > ${now + HELD_MAX_MS})
      returning forms.id`,
  )
}

const hold = (db: Database, orgId: string, formId: string, until: number) =>
  db.run(
    change(
      sql`update forms set slack_free_at = max(slack_free_at, ${until}) where org_id = ${orgId} and id = ${formId}`,
    ),
  )
