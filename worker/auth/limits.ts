import type { Context } from 'hono'
import type { App } from '#worker/env.ts'
import { addressBlock, countTry, type Limit } from '#worker/http/limits.ts'

const MAILS_PER_BLOCK: Limit = { name: 'mail-block', tries: 10, seconds: 3_600 }
const MAILS_PER_BOX: Limit = { name: 'mail-box', tries: 3, seconds: 3_600 }

/** Counts one request that mails a link. @throws `too-many-requests` */
export const countMail = (c: Context<App>, email: string) =>
  countTry(c, [
    [MAILS_PER_BLOCK, addressBlock(c)],
    [MAILS_PER_BOX, email],
  ])

const INVITATIONS: Limit = { name: 'invitation', tries: 10, seconds: 3_600 }
const PASSWORD_TRIES: Limit = { name: 'password', tries: 10, seconds: 60 }

/** Counts one more mail to somebody who is invited. @throws `too-many-requests` */
export const countInvitation = (c: Context<App>, memberId: string) => countTry(c, [[INVITATIONS, memberId]])

/** Counts one try to give the current password. @throws `too-many-requests` */
export const countPasswordTry = (c: Context<App>, userId: string) =>
  countTry(c, [[PASSWORD_TRIES, userId]], c.var.guarded)
