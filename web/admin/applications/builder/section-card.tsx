import { Plus } from 'lucide-preact'
import { formatCount } from '#web/format.ts'
import { Button } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import {
  QUESTION_TYPE_LABELS,
  QUESTION_TYPES,
  QUESTIONS_MAX,
  type QuestionType,
} from '#worker/applications/terms.ts'
import { AgreementEditor } from './agreement-editor.tsx'
import { type FieldSectionDraft, newQuestion, type SectionDraft } from './draft.ts'
import { withQuestionAdded, withSection } from './draft-edit.ts'
import { questionPlace, sectionPlace } from './faults.ts'
import { focusPlace } from './focus-place.ts'
import { Handle } from './handle.tsx'
import { MoveMenu } from './move-menu.tsx'
import { QuestionRow } from './question-row.tsx'
import { TYPE_ICONS } from './type-icons.ts'
import type { BuilderState } from './use-builder.ts'
import type { Grabbing } from './use-grabbing.ts'

export interface SectionProps {
  section: SectionDraft
  at: number
  count: number
  builder: BuilderState
  grabbing: Grabbing
}

/** One section: its title, what it asks or asks to agree to, and what can be done with it. */
export function SectionCard({ section, at, count, builder, grabbing }: SectionProps) {
  const { refusal, bind, changeSections } = builder
  const name = section.title || (section.kind === 'fields' ? 'the new section' : 'the new agreement')
  const place = sectionPlace(section.id, 'title')
  const setTitle = (title: string) =>
    changeSections(place, (now) => withSection(now, section.id, (one) => ({ ...one, title })))
  return (
    <section
      class="section-card"
      data-sort={`section ${section.id}`}
      data-name={section.title || 'New section'}
      aria-label={section.title || 'New section'}
    >
      <header>
        {!refusal && <Handle kind="section" id={section.id} name={name} grabbing={grabbing} />}
        <fieldset class="section-title" disabled={refusal !== undefined}>
          <TextField
            {...bind(place, section.title, setTitle)}
            label={section.kind === 'fields' ? 'Section title' : 'Agreement title'}
            placeholder={section.kind === 'fields' ? 'Title of the section' : 'Title of the agreement'}
            autocomplete="off"
          />
        </fieldset>
        {!refusal && (
          <MoveMenu
            kind="section"
            id={section.id}
            name={name}
            isFirst={at === 0}
            isLast={at === count - 1}
            builder={builder}
            grabbing={grabbing}
          />
        )}
      </header>
      {section.kind === 'agreement' ? (
        <AgreementEditor section={section} builder={builder} />
      ) : (
        <Questions section={section} builder={builder} grabbing={grabbing} />
      )}
    </section>
  )
}

interface QuestionsProps extends Omit<SectionProps, 'section' | 'at' | 'count'> {
  section: FieldSectionDraft
}

function Questions({ section, builder, grabbing }: QuestionsProps) {
  const { refusal, bind, changeSections, draft } = builder
  const total = draft.sections.reduce(
    (sum, one) => sum + (one.kind === 'fields' ? one.questions.length : 0),
    0,
  )
  const tooMany = total >= QUESTIONS_MAX ? `At most ${formatCount(QUESTIONS_MAX)} questions.` : undefined
  const place = sectionPlace(section.id, 'description')
  const setDescription = (description: string) =>
    changeSections(place, (now) =>
      withSection(now, section.id, (one) => (one.kind === 'fields' ? { ...one, description } : one)),
    )
  const add = (type: QuestionType) => {
    const question = newQuestion(type)
    changeSections(sectionPlace(section.id, 'questions'), (now) =>
      withQuestionAdded(now, section.id, question),
    )
    builder.setOpen(question.id, true)
    focusPlace(questionPlace(question.id, 'label'))
  }
  return (
    <>
      <fieldset class="section-about" disabled={refusal !== undefined}>
        <TextField
          {...bind(place, section.description, setDescription)}
          label="Section description"
          placeholder="A sentence below the title, if it needs one"
          autocomplete="off"
          optional
        />
      </fieldset>
      <ol class="questions">
        {section.questions.map((question, index) => (
          <QuestionRow
            key={question.id}
            question={question}
            section={section}
            at={index}
            builder={builder}
            grabbing={grabbing}
          />
        ))}
      </ol>
      <div
        class="section-end"
        data-sort={`end ${section.id}`}
        data-place={sectionPlace(section.id, 'questions')}
      >
        {section.questions.length === 0 && <p class="muted">No questions yet.</p>}
        <AddQuestion name={section.title} unavailable={refusal ?? tooMany} onAdd={add} />
      </div>
    </>
  )
}

interface AddProps {
  name: string
  unavailable: string | undefined
  onAdd: (type: QuestionType) => void
}

function AddQuestion({ name, unavailable, onAdd }: AddProps) {
  const words = (
    <>
      <Plus size={14} aria-hidden="true" />
      Add a question
      <span class="sr-only"> to {name || 'the new section'}</span>
    </>
  )
  if (unavailable)
    return (
      <Button look="plain" unavailable={unavailable}>
        {words}
      </Button>
    )
  return (
    <Menu
      label="Type of the question"
      trigger={(props) => (
        <Button look="plain" {...props}>
          {words}
        </Button>
      )}
    >
      {QUESTION_TYPES.map((type) => {
        const Icon = TYPE_ICONS[type]
        return (
          <MenuItem key={type} icon={<Icon size={15} aria-hidden="true" />} onChoose={() => onAdd(type)}>
            {QUESTION_TYPE_LABELS[type]}
          </MenuItem>
        )
      })}
    </Menu>
  )
}
