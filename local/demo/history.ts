import type { Local } from '#local/server.ts'
import type { DemoPartner } from './directory.ts'

const DAY_MS = 86_400_000

/**
 * Moves what was just entered to where it would lie had it been entered in its time, and has every partner scored anew,
 * so that scores tell of the same dates. The API rightly refuses to, so this is SQL.
 */
export async function backdate(local: Local, partners: DemoPartner[], now: number) {
  const oldest = now - Math.max(...partners.map(({ ageDays }) => ageDays)) * DAY_MS
  const list = JSON.stringify(
    partners.map(({ domain, ageDays, stageDays }) => ({
      domain,
      created: now - ageDays * DAY_MS,
      staged: now - stageDays * DAY_MS,
    })),
  )
  const d1 = await local.d1()
  const change = (sql: string, ...values: unknown[]) => d1.prepare(sql).bind(...values)
  await d1.batch([
    change('UPDATE organizations SET created_at = ?', oldest),
    change('UPDATE users SET created_at = ?', oldest),
    change('UPDATE members SET created_at = ?, accepted_at = ?', oldest, oldest + DAY_MS),
    change(
      `UPDATE partners SET created_at = r.value ->> 'created', updated_at = r.value ->> 'staged',
         stage_changed_at = r.value ->> 'staged', tier_at = iif(tier_at IS NULL, NULL, r.value ->> 'staged'),
         pulse = iif(status = 'active', rating, NULL), pulse_at = iif(status = 'active', r.value ->> 'staged', NULL),
         score_due_at = ?
       FROM json_each(?) r WHERE partners.domain = r.value ->> 'domain'`,
      now,
      list,
    ),
    change(
      `UPDATE contacts SET created_at = p.created_at, updated_at = p.created_at
       FROM partners p WHERE p.org_id = contacts.org_id AND p.id = contacts.partner_id`,
    ),
    // What entering it left behind: nobody is signed in, and nobody has used up their tries.
    change('DELETE FROM sessions'),
    change('DELETE FROM limits'),
  ])
}
