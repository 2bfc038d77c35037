import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import type { Tags } from './list-schema.ts'

const Counted = z.object({ tag: z.string(), count: z.number() })

const TAGS_MAX = 200
const COUNT_MAX = 100
/** Behind whatever begins with the letters before it. */
const LAST = '\u{10ffff}'

/**
 * The tags that begin so, in order. Leaps through the index from tag to tag, and counts each so far only that a
 * directory full of one tag costs no more than another.
 */
export async function listTags(tenant: Tenant, beginning: string): Promise<Tags> {
  const { orgId } = tenant
  const end = `${beginning}${LAST}`
  const items = await tenant.run(
    rows(
      Counted,
      sql`with recursive tags(tag) as (
          select min(g.tag) from partner_tags g where g.org_id = ${orgId} and g.tag >= ${beginning} and g.tag < ${end}
          union all
          select (select min(g.tag) from partner_tags g where g.org_id = ${orgId} and g.tag > t.tag and g.tag < ${end})
            from tags t where t.tag is not null limit ${TAGS_MAX + 1})
        select t.tag, (select count(*) from (select 1 from partner_tags g
            where g.org_id = ${orgId} and g.tag = t.tag limit ${COUNT_MAX})) as count
          from tags t where t.tag is not null limit ${TAGS_MAX}`,
    ),
  )
  return { items }
}
