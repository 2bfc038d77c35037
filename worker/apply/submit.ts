import type { Context } from 'hono'
import { judgeAnswers } from '#worker/applications/answers.ts'
import { findForm, findFormNow, findVersion, type PublicForm } from '#worker/applications/published.ts'
import type { FormVersion } from '#worker/applications/schema.ts'
import { readToken } from '#worker/applications/token.ts'
import type { App } from '#worker/env.ts'
import { announce, deliveryNews } from '#worker/http/announce.ts'
import { AppError, type FieldError, invalid } from '#worker/http/errors.ts'
import { addressBlock } from '#worker/http/limits.ts'
import {
  type Application,
  findEarlier,
  refuseClosed,
  type Sameness,
  samenessOf,
  type Taken,
  takeSubmission,
} from '#worker/submissions/intake.ts'
import { senderOf } from '#worker/submissions/sender.ts'
import type { Suspicion } from '#worker/submissions/terms.ts'
import { type Posted, readPosted } from './body.ts'
import { allowReading } from './sites.ts'
import { askTurnstile } from './turnstile.ts'

/** What a person needs at least to read a form and to fill it in. */
const SECONDS_MIN = 3
/** More than any form of ours asks; an answer never outgrows what was sent. */
const ERRORS_MAX = 100

/** What became of a post: stored, or what is wrong with it, with all that a page needs to say so. */
export type Submitted =
  | { readonly as: Posted['as']; readonly taken: Taken }
  | (Refused & { readonly as: 'form' })

/** A page that comes back to be corrected. */
export interface Refused {
  readonly form: PublicForm
  readonly version: FormVersion
  readonly posted: Posted
  readonly errors: FieldError[]
}

/**
 * Takes what was posted to a form's address, judged by the version that the applicant saw.
 * @throws `not-found`, `closed`, `media-type`, `malformed`, `too-large`, `idempotency-key`, `too-many-requests`; `invalid`
 * for data, and for a page only at its token
 */
export async function submit(c: Context<App, '/:slug'>): Promise<Submitted> {
  const form = await openForm(c)
  allowReading(c, form)
  const posted = await readPosted(c)
  const { body } = posted
  const opened = await readToken(c.env.AUTH_SECRET, form.formId, body.token, c.var.now)
  const version = opened && (await findVersion(c.var.db, form, opened.version))
  if (!version) throw invalid('/token', 'Open the form again, and send it from there.')
  const { answers, errors } = judgeAnswers(version, body.answers, body.agreements)
  if (errors.length > 0) {
    if (posted.as === 'json') throw new AppError('invalid', { errors: errors.slice(0, ERRORS_MAX) })
    return { as: 'form', form, version, posted, errors }
  }
  const application: Application = {
    form,
    version: opened.version,
    answers,
    agreements: version.sections.flatMap(({ kind, id }) => (kind === 'agreement' ? [id] : [])),
    sender: await senderOf(version, answers),
    suspicions: suspicionsOf(posted, opened.old),
    block: addressBlock(c),
    country: countryOf(c),
    requestId: c.var.requestId,
    now: c.var.now,
  }
  const taken = await take(c, application, await samenessOf(application, posted.key), body.turnstile)
  for (const news of deliveryNews(taken.deliveries)) announce(c, news)
  return { as: posted.as, taken }
}

/** The form that the address names, while it takes submissions. What the isolate remembers is only believed of open ones. */
async function openForm(c: Context<App, '/:slug'>): Promise<PublicForm> {
  const slug = c.req.param('slug')
  const { db, now } = c.var
  const known = await findForm(db, slug, now)
  if (known && isOpen(known)) return known
  const form = known && (await findFormNow(db, slug, now))
  if (!form) throw new AppError('not-found')
  refuseClosed(form.state, isShared(form))
  return form
}

const isShared = ({ share }: PublicForm) => share.public || share.embed
const isOpen = (form: PublicForm) => form.state === 'published' && isShared(form)

/** The key is looked up before the check for people, whose answer is good for one question only. */
async function take(
  c: Context<App>,
  application: Application,
  sameness: Sameness,
  token: string | undefined,
): Promise<Taken> {
  const { env, var: vars } = c
  if (!env.TURNSTILE_SITE_KEY || !env.TURNSTILE_SECRET_KEY)
    return takeSubmission(env, vars.db, application, sameness)
  const earlier = await findEarlier(vars.db, application.form, sameness)
  if (earlier) return earlier
  const doubt = await askTurnstile(c, env.TURNSTILE_SECRET_KEY, token, sameness)
  const suspicions = doubt ? [...application.suspicions, doubt] : application.suspicions
  return takeSubmission(env, vars.db, { ...application, suspicions }, sameness)
}

function suspicionsOf({ body: { trap, seconds } }: Posted, old: boolean): Suspicion[] {
  const found: Suspicion[] = []
  if (trap) found.push('trap')
  if (seconds !== undefined && seconds < SECONDS_MIN) found.push('too-fast')
  if (old) found.push('old-token')
  return found
}

/** The edge says XX for an address that it cannot place, and T1 for Tor. */
function countryOf(c: Context<App>) {
  const country = c.req.header('CF-IPCountry')?.toUpperCase() ?? ''
  return /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null
}

/** Answers a browser that asks, for a page of another site, whether it may post JSON here. */
export async function preflight(c: Context<App, '/:slug'>) {
  const form = await openForm(c)
  allowReading(c, form)
  c.header('Access-Control-Allow-Methods', 'POST')
  c.header('Access-Control-Allow-Headers', 'Content-Type, Idempotency-Key')
  c.header('Access-Control-Max-Age', '600')
  return c.body(null, 204)
}
