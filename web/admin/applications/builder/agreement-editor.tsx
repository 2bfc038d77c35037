import { LongTextField } from '#web/ui/text-field.tsx'
import { DocumentField } from './document-field.tsx'
import type { AgreementDraft } from './draft.ts'
import { withSection } from './draft-edit.ts'
import { sectionPlace } from './faults.ts'
import { MARKDOWN_HINT } from './markdown-hint.ts'
import type { BuilderState } from './use-builder.ts'

interface Props {
  section: AgreementDraft
  builder: BuilderState
}

/** What applicants have to accept: a text, a document, or both. */
export function AgreementEditor({ section, builder }: Props) {
  const { refusal, bind, changeSections } = builder
  const place = sectionPlace(section.id, 'text')
  const setText = (text: string) =>
    changeSections(place, (now) =>
      withSection(now, section.id, (one) => (one.kind === 'agreement' ? { ...one, text } : one)),
    )
  return (
    <fieldset class="agreement" disabled={refusal !== undefined}>
      <LongTextField
        {...bind(place, section.text, setText)}
        label="Text"
        hint={`Applicants read it here and must accept it. ${MARKDOWN_HINT}`}
        optional="unsaid"
      />
      <DocumentField section={section} builder={builder} />
    </fieldset>
  )
}
