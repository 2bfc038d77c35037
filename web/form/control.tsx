import type { InputHTMLAttributes } from 'preact'
import type { Question } from '#worker/applications/schema.ts'
import type { Mapping, QuestionType } from '#worker/applications/terms.ts'
import type { GivenAnswer } from '#worker/submissions/schema.ts'
import { countriesIn } from './language.ts'

/** What the field around a control decides. */
export interface Field {
  name: string
  /** Of its help and its error. */
  describedBy: string
  isInvalid: boolean
  language: string
}

/** What browsers may fill in by themselves. */
const AUTOCOMPLETE: Record<Mapping, string> = {
  companyName: 'organization',
  companyDomain: 'url',
  contactFirstName: 'given-name',
  contactLastName: 'family-name',
  contactEmail: 'email',
}

const TEXT: InputHTMLAttributes = { type: 'text' }

/**
 * Which keyboard a phone shows and what a browser offers. A web address is plain text, because browsers refuse one
 * without its https://, which people leave out.
 */
const INPUTS: Partial<Record<QuestionType, InputHTMLAttributes>> = {
  text: TEXT,
  email: { type: 'email' },
  url: { type: 'text', inputMode: 'url' },
  phone: { type: 'tel', autocomplete: 'tel' },
  number: { type: 'number', inputMode: 'decimal' },
  date: { type: 'date' },
}

export interface ControlProps {
  question: Question
  field: Field
  value: GivenAnswer | undefined
}

/** The one control of a question that takes one. What a browser would cut off silently is left to the checks. */
export function Control({ question, field, value }: ControlProps) {
  const { type, mapsTo, minLength, maxLength, required, placeholder } = question
  const common = {
    id: field.name,
    name: field.name,
    required,
    'aria-invalid': field.isInvalid || undefined,
    'aria-describedby': field.describedBy,
    'data-type': type === 'url' ? type : undefined,
    'data-least': minLength || undefined,
    'data-most': maxLength,
  }
  if (type === 'country' || type === 'select')
    return <Choice question={question} field={field} value={value} common={common} />
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (type === 'longText')
    return (
      <textarea {...common} rows={4} placeholder={placeholder}>
        {text}
      </textarea>
    )
  const input = INPUTS[type] ?? TEXT
  const limits = type === 'number' ? { min: question.min, max: question.max, step: 'any' } : {}
  return (
    <input
      {...common}
      {...input}
      {...limits}
      value={text || undefined}
      placeholder={placeholder}
      autocomplete={mapsTo ? AUTOCOMPLETE[mapsTo] : input.autocomplete}
    />
  )
}

function Choice({ question, field, value, common }: ControlProps & { common: Record<string, unknown> }) {
  const { type, options = [], placeholder } = question
  const all =
    type === 'country'
      ? countriesIn(field.language).map(({ code, name }) => ({ id: code, label: name }))
      : options
  return (
    <span class="select">
      <select {...common} autocomplete={type === 'country' ? 'country' : undefined}>
        <option value="">{placeholder}</option>
        {all.map(({ id, label }) => (
          <option key={id} value={id} selected={value === id}>
            {label}
          </option>
        ))}
      </select>
    </span>
  )
}
