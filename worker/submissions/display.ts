import type { Question } from '#worker/applications/schema.ts'
import type { GivenAnswer } from './schema.ts'

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' })
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 20 })

/** An answer for people, in English: labels of options, names of countries, days and numbers; '' for none. */
export function displayOf(
  { type, options = [] }: Pick<Question, 'type' | 'options'>,
  value: GivenAnswer | null,
) {
  const labelOf = (id: string) => options.find((option) => option.id === id)?.label || id
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return COUNT.format(value)
  if (typeof value !== 'string') return value.map(labelOf).join(', ')
  if (type === 'select' || type === 'multiSelect') return labelOf(value)
  if (type === 'country') return countryOf(value)
  if (type === 'date') return dayOf(value)
  return value
}

/** The English name of a country; what is no country's code stays as it is. */
export const countryOf = (code: string) => (/^[A-Z]{2}$/.test(code) ? (COUNTRIES.of(code) ?? code) : code)

function dayOf(day: string) {
  const at = Date.parse(day)
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(at) ? DAY.format(at) : day
}
