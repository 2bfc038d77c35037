import { FileCheck, ListPlus } from 'lucide-preact'
import { Button } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { SECTIONS_MAX } from '#worker/applications/terms.ts'
import { newAgreement, newFieldSection, type SectionDraft } from './draft.ts'
import { sectionPlace } from './faults.ts'
import { focusPlace } from './focus-place.ts'
import { SectionCard } from './section-card.tsx'
import { useSorting } from './sorting.ts'
import type { BuilderState } from './use-builder.ts'
import { useGrabbing } from './use-grabbing.ts'
import './drag.css'
import './questions.css'

/** The sections in the order of the page, with what each asks or asks to agree to. */
export function QuestionsPart({ builder }: { builder: BuilderState }) {
  const { draft, refusal, faults } = builder
  const { sections } = draft
  const grabbing = useGrabbing(builder)
  const shape = sections
    .map((section) =>
      section.kind === 'fields'
        ? [section.id, ...section.questions.map(({ id }) => id)].join(' ')
        : section.id,
    )
    .join(', ')
  const list = useSorting(grabbing.drop, shape, !refusal)
  const add = (section: SectionDraft) => {
    builder.changeSections('sections', (now) => [...now, section])
    builder.setOpen(section.id, true)
    focusPlace(sectionPlace(section.id, 'title'))
  }
  const tooMany = sections.length >= SECTIONS_MAX ? `At most ${SECTIONS_MAX} sections.` : undefined
  const buttons = (
    <p class="add-sections" data-place="sections" tabIndex={-1}>
      <Button unavailable={refusal ?? tooMany} onClick={() => add(newFieldSection())}>
        <ListPlus size={14} aria-hidden="true" />
        Add a section
      </Button>
      <Button unavailable={refusal ?? tooMany} onClick={() => add(newAgreement())}>
        <FileCheck size={14} aria-hidden="true" />
        Add an agreement
      </Button>
    </p>
  )
  return (
    <>
      {faults.sections && <p class="fault">{faults.sections}</p>}
      <div ref={list} class="sections">
        {sections.map((section, at) => (
          <SectionCard
            key={section.id}
            section={section}
            at={at}
            count={sections.length}
            builder={builder}
            grabbing={grabbing}
          />
        ))}
      </div>
      {sections.length === 0 ? (
        <EmptyState icon={ListPlus} title="This form asks nothing yet" action={buttons}>
          A section groups questions under a heading. An agreement asks applicants to accept a text.
        </EmptyState>
      ) : (
        buttons
      )}
      <p class="sr-only" role="status">
        {grabbing.said}
      </p>
    </>
  )
}
