import type { Option } from '#worker/applications/schema.ts'
import { OPTIONS_MAX } from '#worker/applications/terms.ts'
import {
  type FieldSectionDraft,
  newId,
  newOption,
  type QuestionDraft,
  type SectionDraft,
  type Sections,
} from './draft.ts'

export const withSection = (
  sections: Sections,
  id: string,
  change: (section: SectionDraft) => SectionDraft,
): Sections => sections.map((section) => (section.id === id ? change(section) : section))

/** Of a field section alone; an agreement has none of this. */
const withQuestions = (
  sections: Sections,
  id: string,
  change: (questions: readonly QuestionDraft[]) => readonly QuestionDraft[],
): Sections =>
  withSection(sections, id, (section) =>
    section.kind === 'fields' ? { ...section, questions: change(section.questions) } : section,
  )

export const withQuestion = (
  sections: Sections,
  id: string,
  change: (question: QuestionDraft) => QuestionDraft,
): Sections =>
  sections.map((section) =>
    section.kind === 'fields' && section.questions.some((question) => question.id === id)
      ? {
          ...section,
          questions: section.questions.map((question) => (question.id === id ? change(question) : question)),
        }
      : section,
  )

export const withQuestionAdded = (sections: Sections, sectionId: string, question: QuestionDraft): Sections =>
  withQuestions(sections, sectionId, (questions) => [...questions, question])

/** Where a question stands. */
export interface Place {
  section: FieldSectionDraft
  question: QuestionDraft
  at: number
}

export function placeOfQuestion(sections: Sections, id: string): Place | null {
  for (const section of sections) {
    if (section.kind !== 'fields') continue
    const at = section.questions.findIndex((question) => question.id === id)
    const question = section.questions[at]
    if (question) return { section, question, at }
  }
  return null
}

export const withoutQuestion = (sections: Sections, id: string): Sections => {
  const place = placeOfQuestion(sections, id)
  return place ? withQuestions(sections, place.section.id, (all) => all.toSpliced(place.at, 1)) : sections
}

/** Back where it stood; in the first field section when its own has gone meanwhile. */
export function withQuestionBack(sections: Sections, { section, question, at }: Place): Sections {
  if (placeOfQuestion(sections, question.id)) return sections
  const fields = sections.filter(({ kind }) => kind === 'fields')
  const home = fields.find(({ id }) => id === section.id) ?? fields[0]
  if (!home) return [...sections, { ...section, questions: [question] }]
  return withQuestions(sections, home.id, (all) => all.toSpliced(Math.min(at, all.length), 0, question))
}

export const withoutSection = (sections: Sections, id: string): Sections =>
  sections.filter((section) => section.id !== id)

export const withSectionBack = (sections: Sections, section: SectionDraft, at: number): Sections =>
  sections.some(({ id }) => id === section.id)
    ? sections
    : sections.toSpliced(Math.min(at, sections.length), 0, section)

/** Below the one that it is like, under ids of its own. What an answer means for the company is said by one alone. */
export function withQuestionCopied(sections: Sections, id: string, copyId: string): Sections {
  const place = placeOfQuestion(sections, id)
  if (!place) return sections
  const copy = copied(place.question, copyId)
  return withQuestions(sections, place.section.id, (all) => all.toSpliced(place.at + 1, 0, copy))
}

const copied = (question: QuestionDraft, id: string): QuestionDraft => ({
  ...question,
  id,
  mapsTo: '',
  options: question.options.map((option) => ({ ...option, id: newId('o') })),
})

export function withSectionCopied(sections: Sections, id: string, copyId: string): Sections {
  const at = sections.findIndex((section) => section.id === id)
  const section = sections[at]
  if (!section) return sections
  const copy: SectionDraft =
    section.kind === 'fields'
      ? {
          ...section,
          id: copyId,
          questions: section.questions.map((question) => copied(question, newId('q'))),
        }
      : { ...section, id: copyId, documentUrl: null }
  return sections.toSpliced(at + 1, 0, copy)
}

/** The question before the one at `index` of a section, or at its end. */
export function withQuestionAt(sections: Sections, id: string, sectionId: string, index: number): Sections {
  const place = placeOfQuestion(sections, id)
  const target = sections.find((section) => section.id === sectionId)
  if (!place || target?.kind !== 'fields') return sections
  // Taking it out moves what follows it in the same section.
  const to = place.section.id === sectionId && place.at < index ? index - 1 : index
  if (place.section.id === sectionId && place.at === to) return sections
  return withQuestions(withoutQuestion(sections, id), sectionId, (all) =>
    all.toSpliced(to, 0, place.question),
  )
}

/** One place up or down; from an end into the next field section. At either end of the form nothing happens. */
export function withQuestionStepped(sections: Sections, id: string, by: 1 | -1): Sections {
  const place = placeOfQuestion(sections, id)
  if (!place) return sections
  const { section, at } = place
  if (by === -1 && at > 0) return withQuestionAt(sections, id, section.id, at - 1)
  if (by === 1 && at < section.questions.length - 1) return withQuestionAt(sections, id, section.id, at + 2)
  const fields = sections.filter((one) => one.kind === 'fields')
  const next = fields[fields.findIndex((one) => one.id === section.id) + by]
  return next ? withQuestionAt(sections, id, next.id, by === 1 ? 0 : next.questions.length) : sections
}

/** The section before the one at `index`, or at the end. */
export function withSectionAt(sections: Sections, id: string, index: number): Sections {
  const at = sections.findIndex((section) => section.id === id)
  const section = sections[at]
  const to = at < index ? index - 1 : index
  if (!section || to === at || to < 0 || to >= sections.length) return sections
  return sections.toSpliced(at, 1).toSpliced(to, 0, section)
}

export function withSectionStepped(sections: Sections, id: string, by: 1 | -1): Sections {
  const at = sections.findIndex((section) => section.id === id)
  return withSectionAt(sections, id, by === 1 ? at + 2 : at - 1)
}

/** Options from several lines, as they are pasted: the first fills the one that was pasted into. */
export function withLines(options: readonly Option[], at: number, text: string): readonly Option[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const [first, ...others] = lines
  const here = options[at]
  if (first === undefined || !here) return options
  return options
    .toSpliced(
      at,
      1,
      { ...here, label: here.label.trim() ? `${here.label}${first}` : first },
      ...others.map(newOption),
    )
    .slice(0, OPTIONS_MAX)
}

/** An option one place up or down. */
export function withOptionStepped(options: readonly Option[], id: string, by: 1 | -1): readonly Option[] {
  const at = options.findIndex((option) => option.id === id)
  const option = options[at]
  const to = at + by
  if (!option || to < 0 || to >= options.length) return options
  return options.toSpliced(at, 1).toSpliced(to, 0, option)
}
