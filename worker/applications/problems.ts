import type { Form, Question, Section } from './schema.ts'
import { MAPPING_LABELS, MAPPING_TYPES, type Mapping, QUESTIONS_MAX, type QuestionType } from './terms.ts'

/** What is to be done at one place of a form: a JSON pointer into it, and a sentence for people. */
export interface Problem {
  pointer: string
  detail: string
}

type Asked = Pick<Form, 'sections' | 'content'>

const CHOICES: ReadonlySet<QuestionType> = new Set<QuestionType>(['select', 'multiSelect'])
/** Types whose answer is text that is typed in, so that its characters can be counted. */
const TEXTS: ReadonlySet<QuestionType> = new Set<QuestionType>(['text', 'longText', 'email', 'url', 'phone'])

/**
 * Everything that keeps a form from being published, in the order of the page; empty when applicants may see it. A form
 * that lacks something can still be saved.
 */
export function problemsOf({ sections, content }: Asked): Problem[] {
  const problems: Problem[] = problemsOfContent(content)
  const say = (pointer: string, detail: string) => problems.push({ pointer, detail })
  const questions = sections.flatMap((section) => (section.kind === 'fields' ? section.questions : []))
  if (questions.length === 0) say('/sections', 'Add a question.')
  if (questions.length > QUESTIONS_MAX)
    say('/sections', `Ask ${QUESTIONS_MAX} questions at most; these are ${questions.length}.`)
  const seen: Seen = { sections: new Set(), questions: new Set(), mappings: new Set() }
  for (const [at, section] of sections.entries())
    problems.push(...problemsOfSection(section, `/sections/${at}`, seen))
  return problems
}

/** What stood further up in the form and may stand there but once. */
interface Seen {
  readonly sections: Set<string>
  readonly questions: Set<string>
  readonly mappings: Set<Mapping>
}

/** Whether this stood there before; from now on it does. */
function again<T>(seen: Set<T>, value: T) {
  const known = seen.has(value)
  seen.add(value)
  return known
}

function problemsOfContent({ title, submitLabel, language }: Form['content']): Problem[] {
  const problems: Problem[] = []
  if (title === '') problems.push({ pointer: '/content/title', detail: 'Give the page a title.' })
  if (submitLabel === '')
    problems.push({ pointer: '/content/submitLabel', detail: 'Say what the button that sends it is called.' })
  if (!isLanguage(language))
    problems.push({ pointer: '/content/language', detail: 'Enter a language code such as de or pt-BR.' })
  return problems
}

function isLanguage(tag: string) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

function problemsOfSection(section: Section, at: string, seen: Seen): Problem[] {
  const problems: Problem[] = []
  if (again(seen.sections, section.id))
    problems.push({ pointer: `${at}/id`, detail: 'Another section has this id. Use one of its own.' })
  if (section.title === '') problems.push({ pointer: `${at}/title`, detail: 'Give the section a title.' })
  if (section.kind === 'agreement') {
    if (section.text === '' && !section.documentUrl)
      problems.push({ pointer: `${at}/text`, detail: 'Write what is agreed to, or add a PDF.' })
    return problems
  }
  for (const [place, question] of section.questions.entries())
    problems.push(...problemsOfQuestion(question, `${at}/questions/${place}`, seen))
  return problems
}

function problemsOfQuestion(question: Question, at: string, seen: Seen): Problem[] {
  const problems: Problem[] = []
  if (again(seen.questions, question.id))
    problems.push({ pointer: `${at}/id`, detail: 'Another question has this id. Use one of its own.' })
  if (question.label === '') problems.push({ pointer: `${at}/label`, detail: 'Write the question.' })
  return [
    ...problems,
    ...problemsOfOptions(question, `${at}/options`),
    ...problemsOfBounds(question, at),
    ...problemsOfMapping(question, `${at}/mapsTo`, seen.mappings),
  ]
}

function problemsOfOptions({ type, options = [] }: Question, at: string): Problem[] {
  if (!CHOICES.has(type))
    return options.length === 0
      ? []
      : [{ pointer: at, detail: 'Remove the options, or let the question offer a choice.' }]
  if (options.length === 0) return [{ pointer: at, detail: 'Add an option to choose from.' }]
  const [ids, labels] = [new Set<string>(), new Set<string>()]
  return options.flatMap(({ id, label }, place): Problem[] => [
    ...(again(ids, id)
      ? [{ pointer: `${at}/${place}/id`, detail: 'Another option has this id. Use one of its own.' }]
      : []),
    ...(label === '' ? [{ pointer: `${at}/${place}/label`, detail: 'Write the option, or remove it.' }] : []),
    ...(label !== '' && again(labels, label.toLowerCase())
      ? [{ pointer: `${at}/${place}/label`, detail: 'This option is here twice. Remove one of them.' }]
      : []),
  ])
}

function problemsOfBounds({ type, min, max, minLength, maxLength }: Question, at: string): Problem[] {
  const problems: Problem[] = []
  const say = (name: string, detail: string) => problems.push({ pointer: `${at}/${name}`, detail })
  const unfit = (of: string, given: Record<string, number | undefined>) => {
    for (const [name, value] of Object.entries(given))
      if (value !== undefined) say(name, `Remove this limit: it is for ${of}.`)
  }
  if (type !== 'number') unfit('numbers', { min, max })
  else if (min !== undefined && max !== undefined && min > max)
    say('max', 'Enter a maximum that is not below the minimum.')
  if (!TEXTS.has(type)) unfit('text', { minLength, maxLength })
  else if (maxLength === 0) say('maxLength', 'Allow at least one character.')
  else if (minLength !== undefined && maxLength !== undefined && minLength > maxLength)
    say('maxLength', 'Enter a maximum that is not below the minimum.')
  return problems
}

function problemsOfMapping({ type, mapsTo }: Question, at: string, seen: Set<Mapping>): Problem[] {
  if (mapsTo === undefined) return []
  const label = MAPPING_LABELS[mapsTo]
  if (!MAPPING_TYPES[mapsTo].includes(type))
    return [{ pointer: at, detail: `${label} cannot be told by a question of this type.` }]
  return again(seen, mapsTo) ? [{ pointer: at, detail: `${label} is told by another question already.` }] : []
}

/** What a submission is known by: without it, people see one that is from nobody. */
const WISHED: readonly Mapping[] = ['companyName', 'contactEmail']

/** What a form should have and can be published without, for the builder to say. */
export function adviceOf({
  sections,
  content,
  share,
  notifications,
}: Asked & Pick<Form, 'share' | 'notifications'>): Problem[] {
  const told = new Set(
    sections.flatMap((section) => (section.kind === 'fields' ? section.questions.map((q) => q.mapsTo) : [])),
  )
  return [
    ...WISHED.filter((mapping) => !told.has(mapping)).map((mapping) => ({
      pointer: '/sections',
      detail: `Mark the question that tells the ${MAPPING_LABELS[mapping].toLowerCase()}, so that submissions show it.`,
    })),
    ...sections.flatMap((section, at) =>
      section.kind === 'fields' && section.questions.length === 0
        ? [{ pointer: `/sections/${at}/questions`, detail: 'Add a question, or remove the section.' }]
        : [],
    ),
    ...(content.successMessage === ''
      ? [{ pointer: '/content/successMessage', detail: 'Say what happens once it is sent.' }]
      : []),
    ...(share.public || share.embed
      ? []
      : [{ pointer: '/share', detail: 'Share the form, or nobody can open it.' }]),
    ...(notifications.emails.length > 0 || notifications.slackWebhookHint !== null
      ? []
      : [{ pointer: '/notifications', detail: 'Say who is told of an application.' }]),
  ]
}
