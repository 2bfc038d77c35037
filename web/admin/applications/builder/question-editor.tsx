import { Button } from '#web/ui/button.tsx'
import { LongTextField, TextField } from '#web/ui/text-field.tsx'
import {
  MAPPING_LABELS,
  MAPPING_TYPES,
  MAPPINGS,
  QUESTION_TYPE_LABELS,
  QUESTION_TYPES,
} from '#worker/applications/terms.ts'
import { ChoiceField } from './choice-field.tsx'
import { hasBounds, hasLengths, hasOptions, hasPlaceholder, newOption, type QuestionDraft } from './draft.ts'
import { withQuestion } from './draft-edit.ts'
import { questionPlace } from './faults.ts'
import { OptionsEditor } from './options-editor.tsx'
import { TickField } from './tick-field.tsx'
import type { BuilderState } from './use-builder.ts'

interface Props {
  question: QuestionDraft
  builder: BuilderState
  fold: () => void
}

type TextName = 'label' | 'help' | 'placeholder' | 'min' | 'max' | 'minLength' | 'maxLength'

/** The form of one question. What is entered counts at once. */
export function QuestionEditor({ question, builder, fold }: Props) {
  const { id, type } = question
  const change = (field: string, part: Partial<QuestionDraft>) =>
    builder.changeSections(questionPlace(id, field), (now) =>
      withQuestion(now, id, (one) => ({ ...one, ...part })),
    )
  const text = (name: TextName) =>
    builder.bind(questionPlace(id, name), question[name], (value) => change(name, { [name]: value }))
  const fields = { question, builder, change, text }
  return (
    <form
      class="question-editor"
      aria-label={`Edit ${question.label || 'the new question'}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        fold()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        fold()
      }}
    >
      <fieldset class="contents" disabled={builder.refusal !== undefined}>
        <TextField {...text('label')} label="Question" autocomplete="off" />
        <div class="pair">
          <TypeField {...fields} />
          <MappingField {...fields} />
        </div>
        <TickField
          label="Must be answered"
          name={questionPlace(id, 'required')}
          hint={type === 'checkbox' ? 'Applicants then have to tick it.' : undefined}
          checked={question.required}
          set={(required) => change('required', { required })}
        />
        {hasOptions(type) && (
          <OptionsEditor
            options={question.options}
            place={questionPlace(id, 'options')}
            error={builder.faults[questionPlace(id, 'options')]}
            set={(options) => change('options', { options })}
          />
        )}
        <div class="pair">
          <LongTextField {...text('help')} label="Help" hint="Stands below the question." optional />
          {hasPlaceholder(type) && (
            <TextField
              {...text('placeholder')}
              label="Placeholder"
              hint={type === 'select' ? 'Stands there until one is chosen.' : 'An example, in grey.'}
              autocomplete="off"
              optional
            />
          )}
        </div>
        <Limits {...fields} />
      </fieldset>
      <Button type="submit">Done</Button>
    </form>
  )
}

interface FieldsProps {
  question: QuestionDraft
  builder: BuilderState
  change: (field: string, part: Partial<QuestionDraft>) => void
  text: (name: TextName) => ReturnType<BuilderState['bind']>
}

function TypeField({ question: { id, type, options }, builder, change }: FieldsProps) {
  const set = (value: string) => {
    const chosen = QUESTION_TYPES.find((one) => one === value)
    if (!chosen) return
    const needsOptions = hasOptions(chosen) && options.length === 0
    change('type', { type: chosen, ...(needsOptions ? { options: [newOption(), newOption()] } : {}) })
  }
  return (
    <ChoiceField
      {...builder.bind(questionPlace(id, 'type'), type, set)}
      label="Type of answer"
      options={QUESTION_TYPES.map((value) => ({ value, label: QUESTION_TYPE_LABELS[value] }))}
    />
  )
}

/** What the answer tells of the company; only where the type can tell something. */
function MappingField({ question: { id, type, mapsTo }, builder, change }: FieldsProps) {
  const fitting = MAPPINGS.filter((mapping) => MAPPING_TYPES[mapping].includes(type))
  if (fitting.length === 0) return null
  const set = (value: string) =>
    change('mapsTo', { mapsTo: MAPPINGS.find((mapping) => mapping === value) ?? '' })
  const shown = fitting.some((mapping) => mapping === mapsTo) ? mapsTo : ''
  return (
    <ChoiceField
      {...builder.bind(questionPlace(id, 'mapsTo'), shown, set)}
      label="Tells us the"
      hint="So that a submission knows whom it is from."
      options={[
        { value: '', label: 'Nothing in particular' },
        ...fitting.map((value) => ({ value, label: MAPPING_LABELS[value] })),
      ]}
    />
  )
}

function Limits({ question: { type }, text }: FieldsProps) {
  if (hasBounds(type))
    return (
      <div class="pair">
        <TextField {...text('min')} label="Smallest number" inputmode="numeric" autocomplete="off" optional />
        <TextField {...text('max')} label="Largest number" inputmode="numeric" autocomplete="off" optional />
      </div>
    )
  if (!hasLengths(type)) return null
  return (
    <div class="pair">
      <TextField
        {...text('minLength')}
        label="Fewest characters"
        inputmode="numeric"
        autocomplete="off"
        optional
      />
      <TextField
        {...text('maxLength')}
        label="Most characters"
        inputmode="numeric"
        autocomplete="off"
        optional
      />
    </div>
  )
}
