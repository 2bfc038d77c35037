import type { Question } from '#worker/applications/schema.ts'
import type { GivenAnswer } from '#worker/submissions/schema.ts'
import { Control, type ControlProps, type Field } from './control.tsx'
import { nameOfQuestion } from './definition.ts'
import { ownWords } from './language.ts'

/** Up to so many options stand there to be seen; more are behind a list. */
const RADIOS_MAX = 5

/** Whether a question is a group of small controls rather than one. */
const isGroup = ({ type, options = [], required }: Question) =>
  type === 'multiSelect' || (type === 'select' && required && options.length <= RADIOS_MAX)

/** A question with its control, its help, and what is wrong with its answer. */
export function QuestionField({
  question,
  language,
  value,
  error,
}: {
  question: Question
  language: string
  value: GivenAnswer | undefined
  error: string | undefined
}) {
  const name = nameOfQuestion(question.id)
  const describedBy = question.help ? `h.${name} e.${name}` : `e.${name}`
  const field: Field = { name, describedBy, isInvalid: error !== undefined, language }
  const notes = (
    <>
      {question.help && (
        <p class="help" id={`h.${name}`}>
          {question.help}
        </p>
      )}
      <p class="error" id={`e.${name}`} {...ownWords(language)}>
        {error}
      </p>
    </>
  )
  if (question.type === 'checkbox')
    return (
      <div class="field">
        <Tick question={question} field={field} value={value} />
        {notes}
      </div>
    )
  if (isGroup(question))
    return (
      <fieldset
        class="field"
        aria-describedby={describedBy}
        data-required={question.required ? '' : undefined}
      >
        <legend>
          {question.label} {question.required && <Star />}
        </legend>
        <Choices question={question} field={field} value={value} />
        {notes}
      </fieldset>
    )
  return (
    <div class="field">
      <label for={name}>
        {question.label} {question.required && <Star />}
      </label>
      <Control question={question} field={field} value={value} />
      {notes}
    </div>
  )
}

/** Controls say for themselves that they are required. */
const Star = () => <b aria-hidden="true">*</b>

function Tick({ question, field, value }: ControlProps) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        id={field.name}
        name={field.name}
        value="on"
        required={question.required}
        checked={value === true || value === 'on'}
        aria-invalid={field.isInvalid || undefined}
        aria-describedby={field.describedBy}
      />
      <span>
        {question.label} {question.required && <Star />}
      </span>
    </label>
  )
}

function Choices({ question: { type, options = [], required }, field, value }: ControlProps) {
  const chosen = Array.isArray(value) ? value : [value]
  return (
    <div class="choices">
      {options.map(({ id, label }, at) => (
        <label key={id} class="choice">
          <input
            type={type === 'select' ? 'radio' : 'checkbox'}
            // The first is where a link to the question leads.
            id={at === 0 ? field.name : undefined}
            name={field.name}
            value={id}
            required={required && type === 'select'}
            checked={chosen.includes(id)}
            aria-invalid={field.isInvalid || undefined}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  )
}
