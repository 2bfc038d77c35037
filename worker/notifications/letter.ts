import type { Database } from '#worker/db/database.ts'
import type { Env } from '#worker/env.ts'

/** A finished mail, but for who sends it and to whom. */
export interface Letter {
  subject: string
  text: string
  html: string
}

/** A finished message to a Slack channel. */
export interface Post {
  /** Where it is posted to: the secret itself, which never leaves the request. */
  webhook: string
  /** The body: what a notice shows, and the blocks of the message. */
  body: { text: string; blocks: readonly unknown[] }
  /** Milliseconds to wait before it: a channel takes one message a second. */
  afterMs: number
  /** Keeps others from posting to the channel before then. */
  hold: (db: Database, until: number) => Promise<unknown>
}

/** Its turn comes later, and this was no try. */
export interface Postponed {
  until: number
}

/** No other try can mend it. */
export interface Undeliverable {
  error: string
}

export type Message = Letter | Post | Postponed | Undeliverable

/**
 * Writes the messages of one purpose when their turn comes, by delivery id. No entry: nothing is to be sent any more, or
 * never was, and the delivery counts as done. One message under several ids, all of one recipient,
 * is a digest: it is sent once, for all of them.
 */
export type LetterWriter = (
  env: Env,
  db: Database,
  deliveryIds: readonly string[],
  now: number,
) => Promise<Map<string, Message>>

/** All purposes; put together by `jobs`, so that this folder knows how to deliver and never what. */
export type Letters = Readonly<Record<string, LetterWriter>>
