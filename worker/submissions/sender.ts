import type { FormVersion } from '#worker/applications/schema.ts'
import type { Mapping } from '#worker/applications/terms.ts'
import { normalDomain } from '#worker/partners/domain.ts'
import type { Sender } from './intake.ts'
import type { StoredAnswer } from './schema.ts'

/** Whom the answers are from, by what the form's questions are marked as; nothing is guessed from anything else. */
export async function senderOf(
  { sections }: Pick<FormVersion, 'sections'>,
  answers: readonly StoredAnswer[],
): Promise<Sender> {
  const values = new Map(answers.map(({ questionId, value }) => [questionId, value]))
  const said = new Map<Mapping, string>()
  for (const section of sections)
    for (const { id, mapsTo } of section.kind === 'fields' ? section.questions : []) {
      const value = values.get(id)
      if (mapsTo && typeof value === 'string') said.set(mapsTo, value)
    }
  const domain = said.get('companyDomain')
  const names = [said.get('contactFirstName'), said.get('contactLastName')]
  return {
    companyName: said.get('companyName') ?? null,
    companyDomain: domain === undefined ? null : await normalDomain(domain),
    contactName: names.filter(Boolean).join(' ') || null,
    contactEmail: said.get('contactEmail') ?? null,
  }
}
