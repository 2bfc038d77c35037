import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { errorClass, isTransient } from '#worker/db/errors.ts'
import type { App } from '#worker/env.ts'
import { AppError, problemOf, STATUS } from './errors.ts'
import { isVisit, page } from './pages.ts'

/** The one door through which every failure leaves. A mistyped address in a browser gets a page that says so. */
export const onError: ErrorHandler<App> = (error, c) => {
  const problem = translate(error, c)
  return problem.code === 'not-found' && isVisit(c)
    ? notFoundPage(c).catch(() => answer(c, problem))
    : answer(c, problem)
}

const notFoundPage = page('admin', 404)

export const notFound = (c: Context<App>) => answer(c, new AppError('not-found'))

function answer(c: Context<App>, error: AppError) {
  const { retryAfterSeconds } = error.extra
  c.header('Cache-Control', 'no-store')
  c.header('Retry-After', retryAfterSeconds === undefined ? undefined : String(retryAfterSeconds))
  return c.body(JSON.stringify(problemOf(error)), STATUS[error.code], {
    'Content-Type': 'application/problem+json',
  })
}

function translate(error: Error, c: Context<App>): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException && error.status === 413) return new AppError('too-large')
  if (error instanceof HTTPException && error.status < 500) return new AppError('malformed')
  const transient = isTransient(error)
  // Never the message: D1's holds the statement and its bound values.
  c.var.log('request_failed', { class: errorClass(error), transient })
  return transient
    ? new AppError('unavailable', { detail: 'Try again in a moment.', retryAfterSeconds: 2 })
    : new AppError('internal', { detail: `Tell us this number if it happens again: ${c.var.requestId}` })
}
