import { FileText, Trash2 } from 'lucide-preact'
import { Button } from '#web/ui/button.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Form } from '#worker/applications/schema.ts'
import { DOCUMENT_MAX } from '#worker/applications/terms.ts'
import type { AgreementDraft } from './draft.ts'
import { withSection } from './draft-edit.ts'
import { sectionPlace } from './faults.ts'
import { FileField } from './file-field.tsx'
import type { BuilderState } from './use-builder.ts'
import { inMib, Unfit, useUpload } from './use-upload.ts'

interface Props {
  section: AgreementDraft
  builder: BuilderState
}

/** The PDF of an agreement. A new one is saved as soon as it is chosen; taking it away, with the rest. */
export function DocumentField({ section, builder }: Props) {
  const { form, basis, changes, changeSections, takeUpload } = builder
  const place = sectionPlace(section.id, 'documentUrl')
  const setUrl = (documentUrl: string | null) =>
    changeSections(place, (now) =>
      withSection(now, section.id, (one) => (one.kind === 'agreement' ? { ...one, documentUrl } : one)),
    )
  const upload = useUpload(`/api/forms/${form.id}/sections/${section.id}/document`, (saved) => {
    changes.took(saved)
    takeUpload(saved)
    setUrl(documentIn(saved, section.id))
    toast({ text: 'The PDF is saved.' })
  })
  const isSaved = basis.draft.sections.some(({ id }) => id === section.id)
  const choose = (file: File) =>
    upload.send(async () => {
      if (file.type !== 'application/pdf') throw new Unfit('Choose a PDF.')
      if (file.size > DOCUMENT_MAX)
        throw new Unfit(`This file has ${inMib(file.size)}; a PDF may have ${inMib(DOCUMENT_MAX)} at most.`)
      return file
    })
  return (
    <FileField
      legend="PDF"
      place={place}
      accept="application/pdf"
      hint={`Applicants can open it before they accept; ${inMib(DOCUMENT_MAX)} at most. Saved at once.`}
      action={section.documentUrl ? 'Replace' : 'Upload'}
      unavailable={isSaved ? undefined : 'Save the form first: this agreement is new.'}
      error={upload.error || builder.faults[place]}
      share={upload.share}
      onChoose={(file) => void choose(file)}
      onStop={upload.stop}
    >
      {section.documentUrl && (
        <p class="file-now">
          <FileText size={15} aria-hidden="true" />
          <a href={section.documentUrl} target="_blank" rel="noreferrer">
            Look at the PDF
          </a>
          <Button look="plain" onClick={() => setUrl(null)}>
            <Trash2 size={14} aria-hidden="true" />
            Remove
          </Button>
        </p>
      )}
    </FileField>
  )
}

function documentIn({ sections }: Form, sectionId: string): string | null {
  const section = sections.find(({ id }) => id === sectionId)
  return (section?.kind === 'agreement' && section.documentUrl) || null
}
