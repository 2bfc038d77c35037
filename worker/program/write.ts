import { type SQL, sql } from 'drizzle-orm'
import { change, type Statement } from '#worker/db/statement.ts'
import type { Track } from './schema.ts'

/** Puts tracks, in this order, and their tiers where there are none of these ids. Two statements, however many they are. */
export const insertTracks = (orgId: string, tracks: readonly Track[]): Statement<number>[] => [
  change(
    sql`insert into tracks (id, org_id, position, name, types, grace_days)
      select r.value ->> 'id', ${orgId}, r.key, r.value ->> 'name', r.value -> 'types', r.value ->> 'graceDays'
      from json_each(${JSON.stringify(tracks)}) r`,
  ),
  change(
    sql`insert into program_tiers (id, org_id, track_id, level, name, color, benefits, rules)
      select t.value ->> 'id', ${orgId}, r.value ->> 'id', t.value ->> 'level', t.value ->> 'name',
        t.value ->> 'color', t.value ->> 'benefits', t.value -> 'rules'
      from json_each(${JSON.stringify(tracks)}) r join json_each(r.value -> 'tiers') t`,
  ),
]

/** Keeps a version of the programme as it was saved, with its author as they were called then. */
export const keepVersion = (
  orgId: string,
  { n, tracks }: { n: number; tracks: readonly Track[] },
  author: { id: SQL | string; name: SQL | string },
  now: number,
): Statement<number> =>
  change(
    sql`insert into snapshots (org_id, kind, subject_id, n, content, actor_id, actor_name, at)
      values (${orgId}, 'program', '', ${n}, ${JSON.stringify(tracks)}, ${author.id}, ${author.name}, ${now})`,
  )
