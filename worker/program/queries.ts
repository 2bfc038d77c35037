import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row, rows } from '#worker/db/statement.ts'
import type { Tenant } from '#worker/db/tenant.ts'
import { TracksText, tracksJson } from './evaluation.ts'
import type { Program } from './schema.ts'

const Saved = z.object({ version: z.number(), tracks: TracksText })

/** The programme as it stands. */
export const programOf = (orgId: string) =>
  row(
    Saved,
    sql`select version, ${tracksJson(orgId)} as tracks from programs where programs.org_id = ${orgId}`,
  )

/** Tracks in page order, each with its tiers, highest first. */
export async function getProgram(tenant: Tenant): Promise<Program> {
  return (await tenant.run(programOf(tenant.orgId))) ?? { version: 1, tracks: [] }
}

const OfOrganization = z.object({ orgId: z.string(), tracks: TracksText })

/** The tracks of these organisations (a JSON list of ids); for jobs, which work for several at once. */
export const programsOf = (orgIds: string) =>
  rows(
    OfOrganization,
    sql`select p.org_id as orgId, ${tracksJson(sql`p.org_id`)} as tracks from programs p
      where p.org_id in (select value from json_each(${orgIds}))`,
  )
