import type { FormVersion, Question } from '#worker/applications/schema.ts'
import type { Mapping } from '#worker/applications/terms.ts'
import { displayOf } from './display.ts'
import { GivenAnswer, type Submission } from './schema.ts'

/** An answer as D1 has it. */
interface Kept {
  readonly questionId: string
  readonly value?: unknown
}

/** The questions of a version in their order, each with the title of its section. */
export const questionsOf = (version: FormVersion | null): (Question & { section: string })[] =>
  (version?.sections ?? []).flatMap((section) =>
    section.kind === 'fields'
      ? section.questions.map((question) => ({ ...question, section: section.title }))
      : [],
  )

/** Only what an applicant can have sent comes out as it is: whatever else stands in D1 is shown as its own text. */
export function givenIn(kept: Kept | undefined): GivenAnswer | null {
  if (kept?.value === undefined || kept.value === null) return null
  const given = GivenAnswer.safeParse(kept.value)
  return given.success ? given.data : JSON.stringify(kept.value)
}

/** Every question of the version with what was answered to it. */
export function answersOf(version: FormVersion | null, kept: readonly Kept[]): Submission['answers'] {
  return questionsOf(version).map(({ id, label, type, section, options }) => {
    const value = givenIn(kept.find(({ questionId }) => questionId === id))
    const display = displayOf({ type, options }, value)
    return { questionId: id, label, type, section, value, display }
  })
}

/** What the answers say of the company and its contact, for the drawer that adds a partner. */
export function prefillOf(
  version: FormVersion | null,
  answers: Submission['answers'],
  companyDomain: string | null,
): Submission['prefill'] {
  const questions = questionsOf(version)
  const told = (mapping: Mapping) => {
    const question = questions.find(({ mapsTo }) => mapsTo === mapping)
    const answer = answers.find(({ questionId }) => questionId === question?.id)
    return typeof answer?.value === 'string' ? answer.value : ''
  }
  return {
    name: told('companyName'),
    domain: companyDomain ?? told('companyDomain'),
    firstName: told('contactFirstName'),
    lastName: told('contactLastName'),
    email: told('contactEmail'),
  }
}
