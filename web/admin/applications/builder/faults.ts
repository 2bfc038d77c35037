import type { Failure } from '#web/ui/place-errors.ts'
import {
  type FormDraft,
  hasBounds,
  hasLengths,
  isNumber,
  type QuestionDraft,
  type Sections,
} from './draft.ts'

/** What is wrong, by place: `q:` and the id of a question, `s:` and that of a section, or a part; and its field. */
export type Faults = Readonly<Record<string, string>>
export type Found = Failure['errors']

export const questionPlace = (id: string, field: string) => `q:${id}/${field}`
export const sectionPlace = (id: string, field: string) => `s:${id}/${field}`

/** The parts of the builder, each with an address. */
export const BUILDER_PARTS = ['questions', 'design', 'content', 'share', 'notifications'] as const
export type BuilderPart = (typeof BUILDER_PARTS)[number]

/** Where a place is edited. */
export function builderPartOf(place: string): BuilderPart {
  if (/^(?:q:|s:|sections)/.test(place)) return 'questions'
  if (/^(?:share|slug)/.test(place)) return 'share'
  if (/^(?:notifications|dailyCap)/.test(place)) return 'notifications'
  return place.startsWith('design') ? 'design' : 'content'
}

/** Of two faults at one place, the first; what belongs to no place joins the message, so that nothing said is lost. */
export function placed(draft: FormDraft, { message, errors }: Failure): { faults: Faults; message: string } {
  const faults: Record<string, string> = {}
  const homeless: string[] = []
  for (const { pointer, detail } of errors) {
    const place = placeAt(draft.sections, pointer)
    if (place === null) homeless.push(detail)
    else faults[place] ??= detail
  }
  const isSaidAtFields = Object.keys(faults).length > 0 && homeless.length === 0
  return { faults, message: isSaidAtFields ? '' : [message, ...homeless].filter(Boolean).join(' ') }
}

/** `/sections/0/questions/1/label` is the label of that question; null for what nobody sees, such as an id. */
export function placeAt(sections: Sections, pointer: string): string | null {
  const [root = '', ...path] = pointer.split('/').slice(1)
  if (root !== 'sections') return OWN.includes(root) ? [root, path[0]].filter(Boolean).join('/') : null
  const section = sections[Number(path[0])]
  if (path[0] === undefined || !section) return 'sections'
  if (path[1] !== 'questions' || section.kind !== 'fields') return sectionField(section.id, path[1])
  const question = section.questions[Number(path[2])]
  if (path[2] === undefined || !question) return sectionPlace(section.id, 'questions')
  return path[3] === 'id' ? null : questionPlace(question.id, path[3] ?? 'label')
}

const OWN = ['name', 'slug', 'design', 'content', 'share', 'notifications', 'dailyCap']

const sectionField = (id: string, field = 'title') => (field === 'id' ? null : sectionPlace(id, field))

/** The questions and sections that something is wrong with, by their ids. */
export const faultyIds = (faults: Faults): string[] =>
  Object.keys(faults).flatMap((place) => /^[qs]:(.+)\/[^/]+$/.exec(place)?.[1] ?? [])

/** What can be seen to be wrong before anything is sent. The rest is for the server to judge. */
export const visiblyWrong = (draft: FormDraft): Found => [
  ...found(draft.name.trim() === '', '/name', 'Enter a name.'),
  ...found(!/^\s*[a-z0-9-]{3,64}\s*$/i.test(draft.slug), '/slug', 'Use 3 to 64 of a-z, 0-9 and -.'),
  ...found(!/^\s*\d{1,7}\s*$/.test(draft.dailyCap), '/dailyCap', 'Enter a whole number, or 0 for no limit.'),
  ...draft.sections.flatMap((section, at) =>
    section.kind === 'fields'
      ? section.questions.flatMap((question, index) =>
          wrongInQuestion(question, `/sections/${at}/questions/${index}`),
        )
      : [],
  ),
]

const found = (isWrong: boolean, pointer: string, detail: string): Found =>
  isWrong ? [{ pointer, detail }] : []

function wrongInQuestion(question: QuestionDraft, at: string): Found {
  const wrong = (name: 'min' | 'max' | 'minLength' | 'maxLength', detail: string) =>
    found(question[name].trim() !== '' && !isNumber(question[name]), `${at}/${name}`, detail)
  if (hasBounds(question.type))
    return [...wrong('min', 'Enter a number.'), ...wrong('max', 'Enter a number.')]
  if (hasLengths(question.type))
    return [...wrong('minLength', 'Enter a whole number.'), ...wrong('maxLength', 'Enter a whole number.')]
  return []
}
