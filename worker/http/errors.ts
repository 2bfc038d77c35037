import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Every way in which a request can fail, with its status. The code is the name that ends the problem's `type`. */
export const STATUS = {
  malformed: 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'foreign-origin': 403,
  'not-found': 404,
  'duplicate-domain': 409,
  'duplicate-member': 409,
  'duplicate-slug': 409,
  expected: 409,
  'has-submissions': 409,
  'idempotency-key': 409,
  'last-owner': 409,
  'other-organization': 409,
  'primary-contact': 409,
  stale: 409,
  closed: 410,
  'too-large': 413,
  'media-type': 415,
  invalid: 422,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<string, ContentfulStatusCode>
export type ErrorCode = keyof typeof STATUS

const TITLES: Record<ErrorCode, string> = {
  malformed: 'The request could not be read.',
  'not-signed-in': 'Sign in to go on.',
  'wrong-credentials': 'This e-mail address and password do not match.',
  forbidden: 'You may not do this.',
  'foreign-origin': 'This request did not come from this site.',
  'not-found': 'There is nothing here.',
  'duplicate-domain': 'This domain is in your directory already.',
  'duplicate-member': 'This address is a member already.',
  'duplicate-slug': 'Another form has this address.',
  expected: 'Another number of partners matches by now.',
  'has-submissions': 'This form has submissions.',
  'idempotency-key': 'This key was used for another request.',
  'last-owner': 'An organisation needs an owner.',
  'other-organization': 'This address belongs to another organisation.',
  'primary-contact': 'A partner needs a primary contact.',
  stale: 'Somebody changed this in the meantime.',
  closed: 'This form is closed.',
  'too-large': 'This is too large.',
  'media-type': 'This kind of content is not taken here.',
  invalid: 'Some fields need another look.',
  'too-many-requests': 'Too many tries.',
  internal: 'Something went wrong on our side.',
  unavailable: 'The service is busy.',
}

/** A field that is wrong: a JSON pointer into the body, or `/name` of a query parameter. */
export interface FieldError {
  pointer: string
  detail: string
}

/** RFC 9457, `application/problem+json`. */
export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  errors?: FieldError[]
}

interface Extra {
  detail?: string
  errors?: FieldError[]
  /** Further members of the problem, such as `existing` or `current`. */
  members?: Record<string, unknown>
  retryAfterSeconds?: number
}

/** The one way to fail a request, from any depth; `problemOf` turns it into the answer. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly extra: Extra

  constructor(code: ErrorCode, extra: Extra = {}) {
    super(code)
    this.code = code
    this.extra = extra
  }
}

/** Fails with 422 at one field. */
export const invalid = (pointer: string, detail: string) =>
  new AppError('invalid', { errors: [{ pointer, detail }] })

export function problemOf({ code, extra }: AppError): Problem {
  const { detail, errors, members } = extra
  const status = STATUS[code]
  return {
    type: `/problems/${code}`,
    title: TITLES[code],
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...members,
  }
}
