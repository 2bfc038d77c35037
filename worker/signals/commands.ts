import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '#worker/db/audit.ts'
import { change, row } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { Env } from '#worker/env.ts'
import { readFile } from '#worker/files/read.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Log } from '#worker/http/log.ts'
import { sha256 } from '#worker/http/secrets.ts'
import { setLogo } from '#worker/partners/logo.ts'
import { missing, partnerExists } from '#worker/partners/queries.ts'
import type { IgnoredSuggestion } from './schema.ts'

/**
 * Waves a suggestion off for good: the same value is not suggested for this partner again. Of a list, each of its values.
 * @throws `not-found` when the organisation has no such partner.
 */
export async function ignoreSuggestion(tenant: Tenant, partnerId: string, ignored: IgnoredSuggestion) {
  const { orgId } = tenant
  const { field, value } = ignored
  const hashes = await Promise.all([value].flat().map(sha256))
  await tenant
    .batch([
      partnerExists(orgId, partnerId),
      change(
        sql`insert into ignored_suggestions (org_id, partner_id, field, value_hash)
          select ${orgId}, ${partnerId}, ${field}, r.value from json_each(${JSON.stringify(hashes)}) r
          where true on conflict do nothing`,
      ),
    ])
    .catch(missing)
}

const Icon = z.object({ key: z.string() })

/**
 * Makes the icon of a partner's website its logo: a copy of what was fetched when the site was checked, so that nothing is
 * asked for outside.
 * @throws `not-found` when there is no such partner, or no icon is known; else as `setLogo`.
 */
export async function takeLogo(
  env: Env,
  tenant: Tenant,
  partnerId: string,
  actor: Actor,
  log: Log,
): Promise<{ logoUrl: string; files: boolean }> {
  const { orgId } = tenant
  const icon = await tenant.run(
    row(
      Icon,
      sql`select s.facts -> 'logo' ->> 'value' as key from signals s
        join partners p on p.org_id = s.org_id and p.domain = s.domain
        where p.org_id = ${orgId} and p.id = ${partnerId} and s.source = 'website'
          and s.facts -> 'logo' ->> 'state' = 'found'`,
    ),
  )
  if (!icon) throw new AppError('not-found')
  const object = await readFile(env, icon.key, log)
  return setLogo(env, tenant, partnerId, new Uint8Array(await object.arrayBuffer()), actor, log)
}
