import type { Database } from '#worker/db/database.ts'
import type { Env } from '#worker/env.ts'

/** A finished mail, but for who sends it and to whom. */
export interface Letter {
  subject: string
  text: string
  html: string
}

/**
 * Writes the letters of one purpose when their turn comes, by delivery id. No entry: nothing is to be sent any more, or
 * never was, and the delivery counts as done.
 */
export type LetterWriter = (
  env: Env,
  db: Database,
  deliveryIds: readonly string[],
  now: number,
) => Promise<Map<string, Letter>>

/** All purposes; put together by `jobs`, so that this folder knows how to deliver and never what. */
export type Letters = Readonly<Record<string, LetterWriter>>
