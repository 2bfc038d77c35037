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

/** The index tells capitals from small letters, people who type do not: each of these is a look of its own. */
function spellingsOf(beginning: string): string[] {
  const small = beginning.toLowerCase()
  const [first = '', ...rest] = small
  return [...new Set([beginning, small, first.toUpperCase() + rest.join(''), beginning.toUpperCase()])]
}

/** Leaps through the index from tag to tag, and counts each so far only that a directory full of one costs no more. */
function beginningWith(orgId: string, beginning: string) {
  const end = `${beginning}${LAST}`
  return rows(
    Counted,
    sql`with recursive tags(tag) as (
          select min(g.tag) from partner_tags g where g.org_id = ${orgId} and g.tag >= ${beginning} and g.tag < ${end}
          union all
          select (select min(g.tag) from partner_tags g where g.org_id = ${orgId} and g.tag > t.tag and g.tag < ${end})
            from tags t where t.tag is not null limit ${TAGS_MAX + 1})
        select t.tag, (select count(*) from (select 1 from partner_tags g
            where g.org_id = ${orgId} and g.tag = t.tag limit ${COUNT_MAX})) as count
          from tags t where t.tag is not null limit ${TAGS_MAX}`,
  )
}

/** The tags that begin so, in small or capital letters; those that are spelled as it was typed come first, in order. */
export async function listTags(tenant: Tenant, beginning: string): Promise<Tags> {
  const found = await tenant.batch(
    spellingsOf(beginning).map((spelling) => beginningWith(tenant.orgId, spelling)),
  )
  const items = new Map(found.flat().map((item) => [item.tag, item]))
  return { items: [...items.values()].slice(0, TAGS_MAX) }
}
