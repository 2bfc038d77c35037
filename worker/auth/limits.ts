import type { Context } from 'hono'
import type { Statement } from '#worker/db/statement.ts'
import type { App } from '#worker/env.ts'
import { addressBlock, countTry, countTryAndRead, type Limit } from '#worker/http/limits.ts'

const MAILS_PER_BLOCK: Limit = { name: 'mail-block', tries: 10, seconds: 3_600 }
const MAILS_PER_BOX: Limit = { name: 'mail-box', tries: 3, seconds: 3_600 }

/** Counts one request that mails a link. @throws `too-many-requests` */
export const countMail = (c: Context<App>, email: string) =>
  countTry(c, [
    [MAILS_PER_BLOCK, addressBlock(c)],
    [MAILS_PER_BOX, email],
  ])

const INVITATIONS: Limit = { name: 'invitation', tries: 10, seconds: 3_600 }
const SIGN_INS: Limit = { name: 'sign-in', tries: 10, seconds: 60 }
const PASSWORD_TRIES: Limit = { name: 'password', tries: 10, seconds: 60 }

/** Counts one more mail to somebody who is invited. @throws `too-many-requests` */
export const countInvitation = (c: Context<App>, memberId: string) => countTry(c, [[INVITATIONS, memberId]])

/** Counts one try to give the current password, and reads what it is judged by. @throws `too-many-requests` */
export const countPasswordTry = <Result>(c: Context<App>, userId: string, read: Statement<Result>) =>
  countTryAndRead(c, [[PASSWORD_TRIES, userId]], read, c.var.guarded)

/** Counts one try to sign in, and reads what it is judged by. @throws `too-many-requests` */
export const countSignIn = <Result>(c: Context<App>, read: Statement<Result>) =>
  countTryAndRead(c, [[SIGN_INS, addressBlock(c)]], read)
