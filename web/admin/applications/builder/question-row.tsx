import { ChevronRight } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { Badge } from '#web/ui/badge.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import { MAPPING_LABELS, MAPPING_TYPES, QUESTION_TYPE_LABELS } from '#worker/applications/terms.ts'
import type { FieldSectionDraft, QuestionDraft } from './draft.ts'
import { Handle } from './handle.tsx'
import { MoveMenu } from './move-menu.tsx'
import { QuestionEditor } from './question-editor.tsx'
import { TYPE_ICONS } from './type-icons.ts'
import type { BuilderState } from './use-builder.ts'
import type { Grabbing } from './use-grabbing.ts'

interface Props {
  question: QuestionDraft
  section: FieldSectionDraft
  at: number
  builder: BuilderState
  grabbing: Grabbing
}

/** One question: a line, which opens into its form. */
export function QuestionRow({ question, section, at, builder, grabbing }: Props) {
  const { draft, refusal, isOpen, setOpen, problems, faults } = builder
  const id = useId()
  const opened = isOpen(question.id)
  const Icon = TYPE_ICONS[question.type]
  const name = question.label || 'the new question'
  const prefix = `q:${question.id}/`
  const faulty =
    problems.some(({ place }) => place.startsWith(prefix)) ||
    Object.keys(faults).some((place) => place.startsWith(prefix))
  const fields = draft.sections.filter(({ kind }) => kind === 'fields')
  const isIn = fields.findIndex((one) => one.id === section.id)
  const opener = `[data-opener="${CSS.escape(question.id)}"]`
  return (
    <li
      class="question"
      data-sort={`question ${question.id}`}
      data-name={question.label || 'New question'}
      data-open={opened || undefined}
      data-grabbed={grabbing.grabbedId === question.id || undefined}
    >
      <div class="question-line">
        {!refusal && <Handle kind="question" id={question.id} name={name} grabbing={grabbing} />}
        <button
          type="button"
          class="question-opener"
          data-opener={question.id}
          aria-expanded={opened}
          aria-controls={id}
          onClick={() => setOpen(question.id, !opened)}
        >
          <ChevronRight class="chevron" size={13} aria-hidden="true" />
          <Icon class="type" size={14} aria-hidden="true" />
          <span class="sr-only">{QUESTION_TYPE_LABELS[question.type]}: </span>
          <span class="question-label" data-empty={question.label === '' || undefined}>
            {question.label || 'New question'}
            {question.required && (
              <span class="required" aria-hidden="true">
                *
              </span>
            )}
          </span>
          {question.required && <span class="sr-only">, required</span>}
          {faulty && (
            <span class="part-mark">
              <span class="sr-only">, with problems</span>
            </span>
          )}
        </button>
        <MappingBadge question={question} />
        {!refusal && (
          <MoveMenu
            kind="question"
            id={question.id}
            name={name}
            isFirst={at === 0 && isIn === 0}
            isLast={at === section.questions.length - 1 && isIn === fields.length - 1}
            builder={builder}
            grabbing={grabbing}
          />
        )}
      </div>
      <div id={id} hidden={!opened}>
        {opened && (
          <QuestionEditor
            question={question}
            builder={builder}
            fold={() => {
              setOpen(question.id, false)
              focusSoon(opener)
            }}
          />
        )}
      </div>
    </li>
  )
}

/** What its answer tells of the company. */
function MappingBadge({ question: { mapsTo, type } }: { question: QuestionDraft }) {
  if (!mapsTo || !MAPPING_TYPES[mapsTo].includes(type)) return null
  return (
    <span class="mapping">
      <Badge tone="blue">{MAPPING_LABELS[mapsTo]}</Badge>
    </span>
  )
}
