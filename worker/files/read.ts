import { errorClass } from '#worker/db/errors.ts'
import type { Env } from '#worker/env.ts'
import { AppError } from '#worker/http/errors.ts'
import type { Log } from '#worker/http/log.ts'

/**
 * What the bucket holds under the key.
 * @throws `not-found`; `unavailable` when the bucket fails, which says nothing about the file.
 */
export async function readFile(env: Env, key: string, log: Log): Promise<R2ObjectBody> {
  const object = await ask(env, key, log)
  if (!object) throw new AppError('not-found')
  return object
}

async function ask({ FILES }: Env, key: string, log: Log) {
  try {
    return await FILES.get(key)
  } catch (error) {
    log('file_unread', { class: errorClass(error) })
    throw new AppError('unavailable', {
      detail: 'The file could not be read. Try again in a moment.',
      retryAfterSeconds: 2,
    })
  }
}
