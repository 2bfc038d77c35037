import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { row } from '#worker/db/statement.ts'
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
