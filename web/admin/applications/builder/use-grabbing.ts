import { useRef, useState } from 'preact/hooks'
import { focusSoon } from '#web/ui/focus.ts'
import type { Sections } from './draft.ts'
import {
  placeOfQuestion,
  withQuestionAt,
  withQuestionStepped,
  withSectionAt,
  withSectionStepped,
} from './draft-edit.ts'
import type { Drop, Kind } from './sorting.ts'
import type { BuilderState } from './use-builder.ts'

interface Grabbed {
  kind: Kind
  id: string
  /** The order to go back to. */
  before: Sections
}

/** The handle of a question or section. */
export const handleOf = (id: string) => `.builder [data-handle="${CSS.escape(id)}"]`

/**
 * Moves questions and sections, and says where they are then. By keys: Space takes one up at its handle, arrows move it,
 * Space lets it go and Escape puts it back. The focus stays with the handle, wherever that goes.
 */
export function useGrabbing({ draft: { sections }, changeSections }: BuilderState) {
  const [said, say] = useState('')
  const [grabbed, setGrabbed] = useState<Grabbed | null>(null)
  const moving = useRef(false)

  const put = (next: Sections, kind: Kind, id: string, words: string) => {
    if (next !== sections) changeSections(null, () => next)
    say(words)
    moving.current = true
    focusSoon(handleOf(id))
    requestAnimationFrame(() => requestAnimationFrame(() => (moving.current = false)))
    return kind
  }
  const step = (kind: Kind, id: string, by: 1 | -1) => {
    const next =
      kind === 'question' ? withQuestionStepped(sections, id, by) : withSectionStepped(sections, id, by)
    const words = next === sections ? `${END_WORDS[by]} ` : whereWords(next, kind, id)
    put(next, kind, id, words)
  }
  const drop = ({ kind, id, target, side }: Drop) => {
    const next = dropped(sections, { kind, id, target, side })
    put(next, kind, id, next === sections ? '' : whereWords(next, kind, id))
  }
  const press = (event: KeyboardEvent, kind: Kind, id: string) => {
    const isMine = grabbed?.id === id
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (event.key === ' ' || event.key === 'Enter') {
      setGrabbed(isMine ? null : { kind, id, before: sections })
      say(
        isMine
          ? `Let go. ${whereWords(sections, kind, id)}`
          : `${nameOf(sections, kind, id)} is taken up. ${KEYS}`,
      )
    } else if (isMine && by) step(kind, id, by)
    else if (isMine && event.key === 'Escape') {
      setGrabbed(null)
      put(grabbed.before, kind, id, 'Put back.')
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    said,
    grabbedId: grabbed?.id ?? null,
    step,
    drop,
    press,
    /** The focus went elsewhere: what was taken up stays where it is. */
    leave: () => {
      if (!moving.current) setGrabbed(null)
    },
  }
}

export type Grabbing = ReturnType<typeof useGrabbing>

const KEYS = 'Arrow keys move it, Space lets it go, Escape puts it back.'
const END_WORDS = { [-1]: 'It is at the top already.', 1: 'It is at the bottom already.' } as const

function dropped(sections: Sections, { kind, id, target, side }: Drop): Sections {
  if (kind === 'section') {
    const at = sections.findIndex((section) => section.id === target)
    return at < 0 ? sections : withSectionAt(sections, id, side === 'before' ? at : at + 1)
  }
  if (side === 'end') return withQuestionAt(sections, id, target, Number.MAX_SAFE_INTEGER)
  const place = placeOfQuestion(sections, target)
  if (!place) return sections
  return withQuestionAt(sections, id, place.section.id, side === 'before' ? place.at : place.at + 1)
}

const nameOf = (sections: Sections, kind: Kind, id: string) =>
  kind === 'question'
    ? placeOfQuestion(sections, id)?.question.label || 'The new question'
    : sections.find((section) => section.id === id)?.title || 'The new section'

/** "Country is now question 3 of 5 in Company." */
function whereWords(sections: Sections, kind: Kind, id: string): string {
  const name = nameOf(sections, kind, id)
  if (kind === 'section')
    return `${name} is now section ${sections.findIndex((one) => one.id === id) + 1} of ${sections.length}.`
  const place = placeOfQuestion(sections, id)
  if (!place) return ''
  const { section, at } = place
  return `${name} is now question ${at + 1} of ${section.questions.length} in ${section.title || 'a section without a title'}.`
}
