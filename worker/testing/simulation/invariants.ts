/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Told } from './applicant.ts'
import type { Form } from './planted.ts'
import { GONE, GONE_WEBHOOK, mailTarget, slackTarget, WEBHOOK } from './providers.ts'
import type { World } from './world.ts'

/** What holds of any database; here a target may be gone for good, which is judged below. */
const SHARED = readFileSync(join(import.meta.dirname, '../../../bench/invariants.sql'), 'utf8')
  .replaceAll(/^--.*$/gm, '')
  .split(';')
  .filter((each) => each.trim())
const JUDGED_BELOW = new Set(['a delivery that is not done'])

/** Tries of a delivery, at most. */
const TRIES_MAX = 12

/** Each finds what must not be there, besides. */
const OWN: readonly (readonly [breach: string, sql: string])[] = [
  ['a submission without a key', "select id from submissions where coalesce(idempotency_key, '') = ''"],
  [
    'a delivery of another organisation than its submission',
    'select d.id from deliveries d join submissions s on s.id = d.submission_id where s.org_id <> d.org_id',
  ],
  [
    'a submission that was told of otherwise than its form says',
    `select s.id from submissions s join forms f on f.org_id = s.org_id and f.id = s.form_id
      where (select count(*) from deliveries d where d.org_id = s.org_id and d.submission_id = s.id)
        <> iif(s.suspected or f.rhythm = 'daily', 0, json_array_length(f.emails) + (f.slack_webhook is not null))`,
  ],
  [
    'two deliveries to one target',
    `select min(id) as id from deliveries where submission_id is not null
      group by submission_id, channel, recipient having count(*) > 1`,
  ],
  [
    'a submission without its one entry in the audit log',
    `select s.id from submissions s where 1 <> (select count(*) from audit_log a
      where a.org_id = s.org_id and a.target_id = s.id and a.action = 'submission.create')`,
  ],
  [
    'an entry in the audit log of a submission that is not there',
    `select a.target_id as id from audit_log a where a.action = 'submission.create'
      and not exists (select 1 from submissions s where s.org_id = a.org_id and s.id = a.target_id)`,
  ],
  [
    'counts that a recount contradicts',
    `select form_id || ' ' || suspected || ' ' || state as id from (
        select org_id, form_id, suspected, state, count, unread from submission_counts where count <> 0 or unread <> 0
        union all
        select org_id, form_id, suspected, state, count(*), sum(read_at is null) from submissions
          group by org_id, form_id, suspected, state)
      group by org_id, form_id, suspected, state having count(*) <> 2 or min(count) <> max(count)
        or min(unread) <> max(unread)`,
  ],
  ['work that still waits', "select id from deliveries where state = 'pending'"],
  [
    'a delivery that failed without a reason, or before its tries were used up',
    `select id from deliveries where state = 'failed' and (coalesce(last_error, '') = ''
      or attempts < ${TRIES_MAX} and recipient <> '${GONE}' and channel <> 'slack')`,
  ],
  [
    'a delivery that was done and says no time',
    "select id from deliveries where state = 'done' and done_at is null",
  ],
  ['a foreign key without its row', 'select "table" as id from pragma_foreign_key_check'],
]

const Row = z.object({ id: z.string() })

/** All that is wrong at the end of a history. */
export function breachesOf(world: World, forms: readonly Form[], told: readonly Told[]): string[] {
  const shared = SHARED.flatMap((sql) => world.storage.read(sql))
    .filter(({ breach }) => !JUDGED_BELOW.has(String(breach)))
    .map(({ breach, id }) => `${String(breach)}: ${String(id)}`)
  const own = OWN.flatMap(([breach, sql]) =>
    world.storage.read(sql).map((row) => `${breach}: ${Row.parse(row).id}`),
  )
  return [
    ...world.breaches,
    ...shared,
    ...own,
    ...told.flatMap((each) => misled(world, each)),
    ...forms.flatMap((form) => lateOrLeft(world, form)),
    ...deliveryBreaches(world),
    ...summaryBreaches(world),
    ...secretBreaches(world),
  ]
}

/** What was acknowledged exists once, as it was said, and nobody was turned away without a reason. */
function misled(world: World, { name, form, status, id, suspected }: Told): string[] {
  const found = world.storage.read(
    'select id, suspected from submissions where form_id = ? and company_name = ?',
    form.id,
    name,
  )
  if (found.length > 1) return [`an application that is stored twice: ${name}`]
  if (status !== 201 && status !== 303) {
    // To a process that still knows the form, but not what it asked, the form has to be opened again.
    const isRight =
      ((status === 404 || status === 422) && form.isGone) || (status === 410 && form.closedWith !== null)
    return isRight ? [] : [`an applicant who was turned away: ${name}, ${status}`]
  }
  if (form.isGone) return []
  const [only] = found
  if (!only) return [`an acknowledged application that is lost: ${name}`]
  if (id !== null && only.id !== id) return [`an application of another number than was said: ${name}`]
  return (only.suspected === 1) === suspected
    ? []
    : [`an application that is wrongly suspected, or not: ${name}`]
}

/** A closed form takes nothing more; of a deleted organisation nothing is left. */
function lateOrLeft(world: World, { id, orgId, closedWith, isGone }: Form): string[] {
  if (isGone) {
    const left = ['forms', 'submissions', 'submission_counts', 'deliveries', 'snapshots'].flatMap((table) =>
      world.storage.read(`select 1 from ${table} where org_id = ?`, orgId).map(() => table),
    )
    return left.map((table) => `something is left of a deleted organisation: ${table}`)
  }
  if (!closedWith) return []
  return world.storage
    .read('select id from submissions where form_id = ?', id)
    .filter((row) => !closedWith.has(Row.parse(row).id))
    .map((row) => `a submission that came after its form was closed: ${Row.parse(row).id}`)
}

const Delivery = z.object({
  submission_id: z.string(),
  channel: z.string(),
  recipient: z.string(),
  state: z.string(),
  digest_of: z.number().nullable(),
})

/** Done means that the provider did it, alone or in a digest, as it says; twice only where nobody could know of the first. */
function deliveryBreaches(world: World): string[] {
  const effects = Map.groupBy(world.effects, ({ target }) => target)
  return world.storage
    .read(
      "select submission_id, channel, recipient, state, digest_of from deliveries where purpose = 'application'",
    )
    .flatMap((row) => {
      const { submission_id: id, channel, recipient, state, digest_of } = Delivery.parse(row)
      const target = channel === 'slack' ? slackTarget(id) : mailTarget(id, recipient)
      const all = effects.get(target) ?? []
      if (state === 'done' && all.length === 0) return [`done, and the provider did nothing: ${target}`]
      if (state === 'done' && !all.some(({ of }) => of === (digest_of ?? 1)))
        return [`done otherwise than it says: ${target}`]
      const certain = all.filter(({ excused }) => !excused).length
      return certain > 1 ? [`done ${all.length} times without a need: ${target}`] : []
    })
}

/** Those of a form that tells once a day: each is named to each target. */
function summaryBreaches(world: World): string[] {
  const told = new Set(world.effects.map(({ target }) => target))
  return world.storage
    .read(
      `select f.id || ' ' || s.company_name as id, t.value as address, f.slack_webhook is not null as slack
        from submissions s join forms f on f.org_id = s.org_id and f.id = s.form_id, json_each(f.emails) t
        where f.rhythm = 'daily' and s.suspected = 0`,
    )
    .flatMap((row) => {
      const { id, address, slack } = Summarised.parse(row)
      return [mailTarget(id, address), ...(slack ? [slackTarget(id)] : [])]
    })
    .filter((target) => !told.has(target))
    .map((target) => `an application that no summary names: ${target}`)
}

const Summarised = z.object({ id: z.string(), address: z.string(), slack: z.number() })

const Table = z.object({ name: z.string() })

/** Nobody who reads the database can post to a channel. */
function secretBreaches(world: World): string[] {
  const secrets = [WEBHOOK, GONE_WEBHOOK].map((address) => address.slice(address.indexOf('/services/')))
  return world.storage
    .read("select name from sqlite_master where type = 'table' and sql not like 'create virtual%'")
    .map((row) => Table.parse(row).name)
    .filter((table) => {
      const text = JSON.stringify(world.storage.read(`select * from "${table}"`))
      return secrets.some((secret) => text.includes(secret))
    })
    .map((table) => `a webhook in plain text: ${table}`)
}
