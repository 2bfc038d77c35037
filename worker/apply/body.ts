import type { Context } from 'hono'
import type { App } from '#worker/env.ts'
import { AppError, invalid } from '#worker/http/errors.ts'
import { isStorable } from '#worker/http/schema.ts'
import { checked, readJson } from '#worker/http/valid.ts'
import { type GivenAnswer, NewSubmission } from '#worker/submissions/schema.ts'

const KEY_MAX = 255
/** Names and values of a form post: more than any form has questions and options. */
const FIELDS_MAX = 12_000

/** What was posted, whichever way. */
export interface Posted {
  /** How to answer: as a page, or as data. */
  readonly as: 'form' | 'json'
  readonly body: NewSubmission
  /** The client's key, where it sent one. */
  readonly key: string | null
}

/** @throws `media-type`, `malformed`, `invalid` */
export async function readPosted(c: Context<App>): Promise<Posted> {
  const [type = '', ...parameters] = (c.req.header('Content-Type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((each) => /^\s*charset="?([^"]*)"?\s*$/.exec(each)?.[1]).find(Boolean)
  if (charset !== undefined && !/^utf-?8$/.test(charset)) throw unknownType()
  const header = keyOf(c.req.header('Idempotency-Key'), '/Idempotency-Key')
  if (type.trim() === 'application/json') {
    const body = await checked(NewSubmission, readJson(await textOf(c)))
    return { as: 'json', body, key: header }
  }
  if (type.trim() !== 'application/x-www-form-urlencoded') throw unknownType()
  const { key, ...body } = readForm(await textOf(c))
  return {
    as: 'form',
    body: await checked(NewSubmission, body),
    key: header ?? keyOf(key || undefined, '/key'),
  }
}

const unknownType = () =>
  new AppError('media-type', { detail: 'Send JSON or application/x-www-form-urlencoded, in UTF-8.' })

function keyOf(given: string | undefined, pointer: string): string | null {
  if (given === undefined) return null
  if (given === '' || given.length > KEY_MAX || !isStorable(given))
    throw invalid(pointer, `Use 1 to ${KEY_MAX} characters.`)
  return given
}

/** Not as the platform reads it, which puts a sign in the place of what is no UTF-8. */
async function textOf(c: Context<App>): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(await c.req.arrayBuffer())
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new AppError('malformed', { detail: 'Send it in UTF-8.' })
  }
}

/** Names of single fields, with their names in JSON. */
const SINGLE: Record<string, string> = {
  token: 'token',
  key: 'key',
  trap: 'trap',
  seconds: 'seconds',
  'cf-turnstile-response': 'turnstile',
}

interface FormBody {
  answers: Record<string, GivenAnswer>
  agreements: string[]
  key?: string
}

function readForm(text: string): FormBody {
  const answers = new Map<string, string[]>()
  const agreements: string[] = []
  const single = new Map<string, string | number>()
  for (const [name, value] of fieldsOf(text)) {
    const id = name.slice(2)
    if (name.startsWith('a.')) answers.set(id, [...(answers.get(id) ?? []), value])
    else if (name.startsWith('g.')) agreements.push(id)
    else single.set(SINGLE[name] ?? name, name === 'seconds' ? secondsOf(value) : value)
  }
  const given = [...answers].map(([id, all]): [string, GivenAnswer] => [
    id,
    all.length === 1 ? (all[0] ?? '') : all,
  ])
  return { ...Object.fromEntries(single), answers: Object.fromEntries(given), agreements }
}

/** Without script the page has not counted, and sends an empty field. */
const secondsOf = (text: string) => (text === '' || Number.isNaN(Number(text)) ? 1e9 : Number(text))

function fieldsOf(text: string): [name: string, value: string][] {
  if (text === '') return []
  const parts = text.split('&', FIELDS_MAX + 1)
  if (parts.length > FIELDS_MAX) throw new AppError('too-large', { detail: 'These are too many fields.' })
  return parts.map((part) => {
    const at = part.includes('=') ? part.indexOf('=') : part.length
    return [decoded(part.slice(0, at)), decoded(part.slice(at + 1))]
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new AppError('malformed', { detail: 'Send it in UTF-8.' })
  }
}
