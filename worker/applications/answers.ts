import { Email, isOneLine, isStorable, isVisible } from '#worker/http/schema.ts'
import type { GivenAnswer, StoredAnswer } from '#worker/submissions/schema.ts'
import type { FormVersion, Question } from './schema.ts'
import { ANSWER_MAX, COUNTRIES } from './terms.ts'

/** What is wrong, at a JSON pointer into what was sent. */
export interface Fault {
  pointer: string
  detail: string
}

/** The answers in their one normal form, in the order of the questions; or what is wrong with them. */
export interface Judged {
  answers: StoredAnswer[]
  errors: Fault[]
}

/**
 * Judges what an applicant sent by the version that they saw. Text counts for what it says, so a page without script and
 * a program send the same: `12` for a number, `on` for a tick, one id where several may be chosen. An answer that is empty
 * is none. Every agreement has to be accepted, and nothing that the version does not ask for is taken.
 */
export function judgeAnswers(
  { sections }: Pick<FormVersion, 'sections'>,
  given: Readonly<Record<string, GivenAnswer>>,
  agreements: readonly string[],
): Judged {
  const left = new Map(Object.entries(given))
  const accepted = new Set(agreements)
  const judged: Judged = { answers: [], errors: [] }
  for (const section of sections) {
    if (section.kind === 'agreement') {
      if (!accepted.delete(section.id))
        judged.errors.push({ pointer: `/agreements/${section.id}`, detail: 'Accept this to go on.' })
      continue
    }
    for (const question of section.questions) {
      judgeOne(judged, question, left.get(question.id))
      left.delete(question.id)
    }
  }
  for (const id of left.keys())
    judged.errors.push({ pointer: `/answers/${escaped(id)}`, detail: 'This form does not ask for this.' })
  for (const id of accepted)
    judged.errors.push({ pointer: `/agreements/${escaped(id)}`, detail: 'This form has no such agreement.' })
  return judged
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** What an answer comes to: its normal form, nothing at all, or what to do about it. */
type Verdict = { value: GivenAnswer } | { fault: string } | null

function judgeOne({ answers, errors }: Judged, question: Question, given: GivenAnswer | undefined) {
  const { id, type, required } = question
  const verdict = given === undefined || isEmpty(given) ? null : RULES[type](question, given)
  const ticked = type !== 'checkbox' || (verdict && 'value' in verdict && verdict.value === true)
  if (verdict && 'fault' in verdict) errors.push({ pointer: `/answers/${id}`, detail: verdict.fault })
  else if (required && !(verdict && ticked))
    errors.push({
      pointer: `/answers/${id}`,
      detail: type === 'checkbox' ? 'Tick this box.' : 'Answer this.',
    })
  else if (verdict) answers.push({ questionId: id, value: verdict.value })
}

const isEmpty = (given: GivenAnswer) =>
  typeof given === 'string' ? given.trim() === '' : Array.isArray(given) && given.length === 0

type Rule = (question: Question, given: GivenAnswer) => Verdict

/** Longest answer to a question of a type that sets none. */
const LONGEST = 10_000

/** A rule of what is written as text: gets it trimmed, and only what can be stored and seen. */
const written =
  (judge: (text: string) => Verdict, isLong = false): Rule =>
  ({ type, maxLength, minLength = 0 }, given) => {
    if (typeof given !== 'string') return { fault: 'Enter text.' }
    const text = given.trim()
    // Limits are of what people write; a form may have kept them of a type that its question had before.
    const usual = ANSWER_MAX[type]
    const max = usual === undefined ? LONGEST : (maxLength ?? usual)
    if (text.length > max) return { fault: `Use ${max.toLocaleString('en')} characters at most.` }
    if (usual !== undefined && text.length < minLength)
      return { fault: `Use ${minLength.toLocaleString('en')} characters at least.` }
    if (!isStorable(text)) return { fault: 'Remove the characters that cannot be stored.' }
    if (!(isLong || isOneLine(text))) return { fault: 'Use a single line without control characters.' }
    return isVisible(text) ? judge(text) : { fault: 'Enter at least one visible character.' }
  }

const asIs = (value: string): Verdict => ({ value })

function toEmail(text: string): Verdict {
  const { success, data, error } = Email.safeParse(text)
  return success ? { value: data } : { fault: error.issues[0]?.message ?? 'Enter an e-mail address.' }
}

const NO_URL = { fault: 'Enter a web address such as https://www.acme.com.' }
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/

/** Kept as it was written, so that nobody's address comes back changed; a bare host gets the scheme it lacks. */
function toUrl(text: string): Verdict {
  // A port follows a host, so `acme.com:8080` names no scheme.
  if (/^[a-z][a-z0-9+-]*:(?!\d)/i.test(text) && !/^https?:\/\//i.test(text)) return NO_URL
  const value = /^https?:\/\//i.test(text) ? text : `https://${text}`
  const url = /[\s\\]/.test(value) ? null : URL.parse(value)
  return url && HOST.test(url.hostname) && !url.username && !url.password ? { value } : NO_URL
}

/** As people write them: digits in groups, brackets, an extension. */
const PHONE = /^[+()\p{Nd} .\-/#*\u2010-\u2015\u00a0]+(?:(?:ext\.?|x|;ext=) ?\p{Nd}+)?$/iu

const toPhone = (text: string): Verdict =>
  PHONE.test(text) && (text.match(/\p{Nd}/gu)?.length ?? 0) >= 3
    ? { value: text }
    : { fault: 'Enter a phone number such as +49 30 123456.' }

const NUMBER = /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?$/i

function toNumber({ min, max }: Question, given: GivenAnswer): Verdict {
  const text = typeof given === 'string' ? given.trim() : ''
  const value = typeof given === 'number' ? given : NUMBER.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) return { fault: 'Enter a number such as 12 or 3.5.' }
  if (min !== undefined && value < min) return { fault: `Enter ${min.toLocaleString('en')} or more.` }
  if (max !== undefined && value > max) return { fault: `Enter ${max.toLocaleString('en')} at most.` }
  // Without a minus for nothing.
  return { value: value === 0 ? 0 : value }
}

function toDay(text: string): Verdict {
  const isDay = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)
  const at = isDay ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // A day that a month does not have is read as one of the next.
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
  return isReal ? { value: text } : { fault: 'Enter a day that exists, such as 2026-03-31.' }
}

const KNOWN_COUNTRIES = new Set(COUNTRIES)

function toCountry(text: string): Verdict {
  const value = text.toUpperCase()
  return KNOWN_COUNTRIES.has(value) ? { value } : { fault: 'Choose one of the countries.' }
}

const isOption = ({ options = [] }: Question, chosen: GivenAnswer) => options.some(({ id }) => id === chosen)

const toOption: Rule = (question, given) =>
  isOption(question, given) ? { value: given } : { fault: 'Choose one of the options.' }

function toOptions(question: Question, given: GivenAnswer): Verdict {
  const chosen = Array.isArray(given) ? given : [given]
  if (!chosen.every((each) => isOption(question, each))) return { fault: 'Choose among the options.' }
  if (new Set(chosen).size < chosen.length) return { fault: 'Choose each option once.' }
  // In the order in which they are offered, so that the same choice is the same answer.
  return { value: (question.options ?? []).map(({ id }) => id).filter((id) => chosen.includes(id)) }
}

const TICKS = new Map<GivenAnswer, boolean>([
  [true, true],
  ['on', true],
  ['true', true],
  [false, false],
  ['off', false],
  ['false', false],
])

function toTick(_: Question, given: GivenAnswer): Verdict {
  const value = TICKS.get(given)
  return value === undefined ? { fault: 'Choose yes or no.' } : { value }
}

const RULES: Record<Question['type'], Rule> = {
  text: written(asIs),
  longText: written(asIs, true),
  email: written(toEmail),
  url: written(toUrl),
  phone: written(toPhone),
  number: toNumber,
  date: written(toDay),
  country: written(toCountry),
  select: toOption,
  multiSelect: toOptions,
  checkbox: toTick,
}
