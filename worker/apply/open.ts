import type { Context } from 'hono'
import { findForm, findVersion, type PublicForm } from '#worker/applications/published.ts'
import type { FormVersion } from '#worker/applications/schema.ts'
import { tokenFor } from '#worker/applications/token.ts'
import type { App, Env } from '#worker/env.ts'
import { AppError, problemOf, STATUS } from '#worker/http/errors.ts'
import { type Kept, keptOr } from './kept.ts'
import { allowReading } from './sites.ts'
import type { Refused } from './submit.ts'

/** How long browsers and the edge may show a page as it was. */
const FRESH_SECONDS = 60
const HOUR_MS = 3_600_000

type OfForm = Context<App, '/:slug'>

/** What draws pages, loaded with the first of them: no answer of the API waits for it. */
const drawing = () => import('./document.tsx')

const isEmbedded = (c: Context<App>) => c.req.query('embed') === '1'
const pathOf = (slug: string, embed: boolean) => `/apply/${slug}${embed ? '?embed=1' : ''}`

/** A form that has something to show, with the version that applicants see. */
interface Visible extends PublicForm {
  readonly version: number
}

/** The form of the address, unless it is a draft or not shared in this way: who asks is not told which. */
async function visibleForm(c: OfForm, isShared: (share: PublicForm['share']) => boolean) {
  const form = await findForm(c.var.db, c.req.param('slug'), c.var.now)
  return form && form.state !== 'draft' && form.version !== null && isShared(form.share)
    ? { ...form, version: form.version }
    : null
}

async function contentOf(c: OfForm, form: Visible, n = form.version): Promise<FormVersion> {
  const version = await findVersion(c.var.db, form, n)
  if (!version) throw new AppError('not-found')
  return version
}

/** The form as applicants see it: 410 once it is closed, 404 for all that is not theirs to see. */
export async function openPage(c: OfForm): Promise<Response> {
  const embed = isEmbedded(c)
  const form = await visibleForm(c, (share) => (embed ? share.embed : share.public))
  if (!form) return notOpen(c)
  const { env, var: vars } = c
  const hour = Math.floor(vars.now / HOUR_MS)
  const isClosed = form.state === 'closed'
  const mark = `${form.formId} ${form.version} ${isClosed} ${hour} ${siteKeyOf(env)}`
  const page = await keptOr(pathOf(form.slug, embed), mark, async () => {
    const version = await contentOf(c, form)
    const { closedPage, formPage } = await drawing()
    if (isClosed) return closedPage(version, embed)
    const token = await tokenFor(env.AUTH_SECRET, form.formId, form.version, vars.now)
    return formPage({ version, action: pathOf(form.slug, embed), token, embed, siteKey: siteKeyOf(env) })
  })
  return answer(c, form, page, isClosed ? 410 : 200)
}

const siteKeyOf = ({ TURNSTILE_SITE_KEY, TURNSTILE_SECRET_KEY }: Env) =>
  TURNSTILE_SECRET_KEY ? TURNSTILE_SITE_KEY : undefined

/** Where a form that was sent without script leads. */
export async function openThanks(c: OfForm): Promise<Response> {
  const embed = isEmbedded(c)
  const form = await visibleForm(c, (share) => share.public || share.embed)
  if (!form) return notOpen(c)
  const mark = `${form.formId} ${form.version}`
  const page = await keptOr(`${pathOf(form.slug, embed)} thanks`, mark, async () =>
    (await drawing()).thanksPage(await contentOf(c, form), embed),
  )
  return answer(c, form, page, 200)
}

/** The page once more, with what was entered and what is wrong with it. */
export async function showRefused(c: OfForm, { form, version, posted, errors }: Refused): Promise<Response> {
  const embed = isEmbedded(c)
  const { answers, agreements, token } = posted.body
  const { formPage } = await drawing()
  const page = await formPage({
    version,
    action: pathOf(form.slug, embed),
    token,
    embed,
    siteKey: siteKeyOf(c.env),
    answers,
    accepted: agreements,
    errors,
  })
  return answer(c, form, page, 422)
}

/** A failure, for somebody who sees it in place of the form. */
export async function showFailure(c: Context<App>, error: unknown): Promise<Response> {
  if (!(error instanceof AppError) || error.code === 'not-found') throw error
  const { title, detail = '', errors = [] } = problemOf(error)
  const text = [detail, ...errors.map((each) => each.detail), 'Go back to find your answers as they were.']
  const { html, policy } = await (await drawing()).plainPage(title, text.filter(Boolean).join(' '))
  const { retryAfterSeconds } = error.extra
  c.header('Retry-After', retryAfterSeconds === undefined ? undefined : String(retryAfterSeconds))
  return c.html(html, STATUS[error.code], { 'Content-Security-Policy': `${policy}; frame-ancestors *` })
}

async function notOpen(c: OfForm): Promise<Response> {
  const page = await keptOr('not open', '', async () =>
    (await drawing()).plainPage('This form is not open', 'Check the address, or ask whoever gave it to you.'),
  )
  return send(c, page, 404, { 'Content-Security-Policy': `${page.policy}; frame-ancestors 'none'` })
}

/** Sites of the form may frame what is meant for frames, and nobody the rest. */
function answer(
  c: OfForm,
  { formId, share }: PublicForm,
  { policy, ...page }: Kept | { html: string; policy: string },
  status: 200 | 410 | 422,
): Response {
  const framed = isEmbedded(c) && share.embed
  const ancestors = framed ? share.sites.join(' ') || '*' : "'none'"
  return send(c, 'body' in page ? page : { body: new TextEncoder().encode(page.html) }, status, {
    'Content-Security-Policy': `${policy}; frame-ancestors ${ancestors}`,
    ...(framed ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {}),
    ...(status === 200 ? cached(formId) : {}),
  })
}

const cached = (tag: string) => ({ 'Cache-Control': `public, max-age=${FRESH_SECONDS}`, 'Cache-Tag': tag })

const send = (
  c: Context<App>,
  { body }: Pick<Kept, 'body'>,
  status: 200 | 404 | 410 | 422,
  headers: Record<string, string>,
): Response => c.body(body, status, { 'Content-Type': 'text/html; charset=utf-8', ...headers })

/** What an applicant's program needs to know of a form, and nothing else. */
export async function readForm(c: OfForm): Promise<Response> {
  const form = await visibleForm(c, (share) => share.public || share.embed)
  if (!form) throw new AppError('not-found')
  if (form.state === 'closed') throw new AppError('closed', { detail: 'It takes no more applications.' })
  allowReading(c, form)
  const { sections, design, content } = await contentOf(c, form)
  return c.json({
    version: form.version,
    definition: { ...content, sections, design },
    token: await tokenFor(c.env.AUTH_SECRET, form.formId, form.version, c.var.now),
  })
}

/** The script that other sites load. */
export async function embedScript(c: Context<App>): Promise<Response> {
  const { EMBED_SCRIPT } = await import('./embed-script.ts')
  return c.body(EMBED_SCRIPT, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...cached('embed'),
  })
}
