import { sql } from 'drizzle-orm'
import { Database } from '#worker/db/database.ts'
import { newId } from '#worker/db/ids.ts'
import { change } from '#worker/db/statement.ts'
import type { Env } from '#worker/env.ts'
import { logFor } from '#worker/http/log.ts'
import { JobMessage } from './schema.ts'

/**
 * Keeps what the queue gave up on, so that somebody can see it. Only the ids of a message that we wrote: one that cannot
 * be read could hold anything. The work itself still stands in D1, where the sweep goes on trying it.
 */
export async function recordDeadLetters(batch: MessageBatch<unknown>, env: Env, now: number) {
  const letters = batch.messages.map((message) => {
    const job = JobMessage.safeParse(message.body)
    const body = JSON.stringify(job.success ? job.data : { unreadable: message.id })
    return { id: newId('ded'), body, attempts: message.attempts }
  })
  await new Database(env.DB, 'primary').run(
    change(
      sql`insert into dead_letters (id, at, queue, body, attempts)
        select r.value ->> 'id', ${now}, ${batch.queue}, r.value ->> 'body', r.value ->> 'attempts'
        from json_each(${JSON.stringify(letters)}) r`,
    ),
  )
  batch.ackAll()
  logFor('none')('dead_letters', { messages: letters.length })
}
