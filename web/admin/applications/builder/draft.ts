import type {
  AgreementSection,
  Content,
  Design,
  FieldSection,
  Form,
  Option,
  Question,
  Section,
} from '#worker/applications/schema.ts'
import { MAPPING_TYPES, type Mapping, type QuestionType, type Rhythm } from '#worker/applications/terms.ts'

/** A question as it is edited: numbers as typed, and what another type would need is kept, so that nothing is lost. */
export interface QuestionDraft {
  id: string
  type: QuestionType
  label: string
  help: string
  placeholder: string
  required: boolean
  options: readonly Option[]
  min: string
  max: string
  minLength: string
  maxLength: string
  mapsTo: Mapping | ''
}

export interface FieldSectionDraft {
  id: string
  kind: 'fields'
  title: string
  description: string
  questions: readonly QuestionDraft[]
}

export interface AgreementDraft {
  id: string
  kind: 'agreement'
  title: string
  text: string
  documentUrl: string | null
}

export type SectionDraft = FieldSectionDraft | AgreementDraft
export type Sections = readonly SectionDraft[]

export interface FormDraft {
  name: string
  slug: string
  sections: Sections
  design: Design
  content: Content
  share: { public: boolean; embed: boolean; sites: readonly string[] }
  notifications: { emails: readonly string[]; rhythm: Rhythm }
  dailyCap: string
}

/** The parts of a form that are saved, compared and chosen between as wholes. */
export const FORM_PARTS = [
  'name',
  'slug',
  'sections',
  'design',
  'content',
  'share',
  'notifications',
  'dailyCap',
] as const satisfies readonly (keyof FormDraft)[]
export type FormPart = (typeof FORM_PARTS)[number]

export const hasOptions = (type: QuestionType) => type === 'select' || type === 'multiSelect'
const TYPED_IN: readonly QuestionType[] = ['text', 'longText', 'email', 'url', 'phone']
/** Whether its characters can be counted. */
export const hasLengths = (type: QuestionType) => TYPED_IN.includes(type)
export const hasBounds = (type: QuestionType) => type === 'number'
/** What one ticks has no room for an example; of a list, it stands there while nothing is chosen. */
export const hasPlaceholder = (type: QuestionType) => hasLengths(type) || hasBounds(type) || type === 'select'

/** Ids name fields of the public page, so they are short, and never the same twice. */
export const newId = (kind: 'q' | 's' | 'o') =>
  `${kind}${crypto.randomUUID().replaceAll('-', '').slice(0, 11)}`

export const newOption = (label = ''): Option => ({ id: newId('o'), label })

export const newQuestion = (type: QuestionType): QuestionDraft => ({
  id: newId('q'),
  type,
  label: '',
  help: '',
  placeholder: '',
  required: false,
  options: hasOptions(type) ? [newOption(), newOption()] : [],
  min: '',
  max: '',
  minLength: '',
  maxLength: '',
  mapsTo: '',
})

export const newFieldSection = (): FieldSectionDraft => ({
  id: newId('s'),
  kind: 'fields',
  title: '',
  description: '',
  questions: [],
})

export const newAgreement = (): AgreementDraft => ({
  id: newId('s'),
  kind: 'agreement',
  title: '',
  text: '',
  documentUrl: null,
})

export const draftOf = (form: Form): FormDraft => ({
  name: form.name,
  slug: form.slug,
  sections: form.sections.map(sectionDraftOf),
  design: form.design,
  content: form.content,
  share: form.share,
  notifications: { emails: form.notifications.emails, rhythm: form.notifications.rhythm },
  dailyCap: String(form.dailyCap),
})

const sectionDraftOf = (section: Section): SectionDraft =>
  section.kind === 'agreement'
    ? { ...section, documentUrl: section.documentUrl ?? null }
    : {
        ...section,
        description: section.description ?? '',
        questions: section.questions.map(questionDraftOf),
      }

const typed = (value: number | undefined) => (value === undefined ? '' : String(value))

const questionDraftOf = (question: Question): QuestionDraft => ({
  id: question.id,
  type: question.type,
  label: question.label,
  help: question.help ?? '',
  placeholder: question.placeholder ?? '',
  required: question.required,
  options: question.options ?? [],
  min: typed(question.min),
  max: typed(question.max),
  minLength: typed(question.minLength),
  maxLength: typed(question.maxLength),
  mapsTo: question.mapsTo ?? '',
})

/** What typed text says as a number; NaN when it is none, which is refused at its field. */
const numberOf = (text: string) => {
  const plain = text.replace(/[\s\u202f\u00a0]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '')
  return /^-?\d{1,15}(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}
export const isNumber = (text: string) => !Number.isNaN(numberOf(text))

/** The parts of a form as the server takes them. */
export const bodyOf = (draft: FormDraft) => ({
  name: draft.name.trim(),
  slug: draft.slug.trim(),
  sections: sectionsOf(draft.sections),
  design: draft.design,
  content: draft.content,
  share: { ...draft.share, sites: [...draft.share.sites] },
  notifications: { ...draft.notifications, emails: [...draft.notifications.emails] },
  dailyCap: numberOf(draft.dailyCap),
})

/** Sections as the server takes them, and as the public page shows them. */
export const sectionsOf = (sections: Sections): Section[] =>
  sections.map((section) => (section.kind === 'agreement' ? agreementOf(section) : fieldsOf(section)))

const agreementOf = (section: AgreementDraft): AgreementSection => ({
  ...section,
  title: section.title.trim(),
})

const fieldsOf = ({ description, questions, title, ...section }: FieldSectionDraft): FieldSection => ({
  ...section,
  title: title.trim(),
  ...(description.trim() ? { description } : {}),
  questions: questions.map(questionOf),
})

function questionOf(draft: QuestionDraft): Question {
  const { id, type, required, mapsTo } = draft
  const text = (name: 'help' | 'placeholder') => (draft[name].trim() ? { [name]: draft[name].trim() } : {})
  const number = (name: 'min' | 'max' | 'minLength' | 'maxLength') =>
    draft[name].trim() ? { [name]: numberOf(draft[name]) } : {}
  return {
    id,
    type,
    label: draft.label.trim(),
    ...text('help'),
    ...(hasPlaceholder(type) ? text('placeholder') : {}),
    required,
    ...(hasOptions(type)
      ? { options: draft.options.map(({ id, label }) => ({ id, label: label.trim() })) }
      : {}),
    ...(hasBounds(type) ? { ...number('min'), ...number('max') } : {}),
    ...(hasLengths(type) ? { ...number('minLength'), ...number('maxLength') } : {}),
    ...(mapsTo && MAPPING_TYPES[mapsTo].includes(type) ? { mapsTo } : {}),
  }
}

/** The parts in which two drafts differ. */
export function changedParts(one: FormDraft, other: FormDraft): FormPart[] {
  if (one === other) return []
  const [before, after] = [bodyOf(one), bodyOf(other)]
  return FORM_PARTS.filter(
    (part) => one[part] !== other[part] && fingerprint(before[part]) !== fingerprint(after[part]),
  )
}

/** The order in which members of an object were written is no difference; NaN is another than none. */
const fingerprint = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : Number.isNaN(part)
        ? 'not a number'
        : part,
  )
