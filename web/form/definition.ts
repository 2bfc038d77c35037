import type { AgreementSection, Design, FieldSection, FormVersion } from '#worker/applications/schema.ts'

/** An agreement as it is shown: its Markdown has become safe HTML. */
export type PublicAgreement = AgreementSection & { html: string }
export type PublicSection = FieldSection | PublicAgreement

/** What an applicant sees of a form, and nothing else. */
export interface PublicDefinition {
  title: string
  descriptionHtml: string
  language: string
  sections: PublicSection[]
  design: Design
  submitLabel: string
  /** Plain text. */
  successMessage: string
}

/** A version as an applicant sees it. */
export function definitionOf({
  content,
  sections,
  design,
  html,
}: Pick<FormVersion, 'content' | 'sections' | 'design' | 'html'>): PublicDefinition {
  const { title, language, submitLabel, successMessage } = content
  return {
    title,
    descriptionHtml: html.description,
    language,
    sections: sections.map((section) =>
      section.kind === 'fields' ? section : { ...section, html: html.agreements[section.id] ?? '' },
    ),
    design,
    submitLabel,
    successMessage,
  }
}

/** What the field of a question is called, in the page and in what a browser posts; also its id. */
export const nameOfQuestion = (questionId: string) => `a.${questionId}`
export const nameOfAgreement = (sectionId: string) => `g.${sectionId}`
