import { useRef } from 'preact/hooks'
import { FormHead } from '#web/admin/applications/form-head.tsx'
import { useSubmissionCounts } from '#web/admin/applications/submissions/queries.ts'
import { deferred } from '#web/ui/deferred.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { useChord } from '#web/ui/hotkeys.ts'
import { SaveBar } from '#web/ui/save-bar.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import { usePageGuard } from '#web/ui/use-page-guard.tsx'
import type { Form } from '#worker/applications/schema.ts'
import type { Me } from '#worker/auth/schema.ts'
import { ContentPart } from './content-part.tsx'
import { DesignPart } from './design-part.tsx'
import { Notices } from './notices.tsx'
import { NotificationsPart } from './notifications-part.tsx'
import { PartNav } from './part-nav.tsx'
import { ProblemList } from './problem-list.tsx'
import { QuestionsPart } from './questions-part.tsx'
import { RenameButton } from './rename-button.tsx'
import { SharePart } from './share-part.tsx'
import { StateActions } from './state-actions.tsx'
import { type BuilderState, useBuilder } from './use-builder.ts'
import { useSaving } from './use-saving.ts'
import './builder.css'
import './parts.css'

const Preview = deferred(async () => (await import('./preview.tsx')).Preview)

const PARTS = {
  questions: QuestionsPart,
  design: DesignPart,
  content: ContentPart,
  share: SharePart,
  notifications: NotificationsPart,
}

export function Builder({ me, form }: { me: Me; form: Form }) {
  const builder = useBuilder(me, form)
  const { draft, refusal, unsaved, problems } = builder
  const saving = useSaving(builder)
  const { data: counts } = useSubmissionCounts(form.id)
  const wide = useMedia('(width >= 76rem)')
  const question = usePageGuard({
    unsaved,
    title: 'Discard your changes?',
    words: `What you changed of ${form.name} has not been saved.`,
    onDiscard: builder.drop,
  })
  const isPublished = form.state === 'published'
  const broken = isPublished && problems.length > 0
  const against = builder.isBehind
    ? 'First choose between your changes and theirs.'
    : broken
      ? 'Solve the problems first: applicants would see them at once.'
      : undefined
  const saveByKey = useRef(() => {})
  saveByKey.current = () => {
    if (!refusal && unsaved && !against) void saving.save()
  }
  useChord('s', () => {
    finishChips()
    // What was typed and not yet added goes along.
    setTimeout(() => saveByKey.current())
  })
  return (
    <>
      <FormHead
        formId={form.id}
        side="form"
        title={draft.name || 'A form without a name'}
        state={form.state}
        unread={counts?.unread}
        beside={<RenameButton builder={builder} />}
      >
        <StateActions builder={builder} saving={saving} />
      </FormHead>
      <div class="builder page-body" data-wide={wide || undefined}>
        <div class="builder-main">
          <Notices builder={builder} />
          <PartNav builder={builder} wide={wide} />
          {(builder.part !== 'preview' || wide) && (
            <>
              <ProblemList builder={builder} />
              <Part builder={builder} />
            </>
          )}
          {builder.part === 'preview' && !wide && <Preview draft={draft} />}
        </div>
        {wide && (
          <div class="builder-side">
            <Preview draft={draft} />
          </div>
        )}
      </div>
      <SaveBar
        unsaved={unsaved}
        refusal={refusal}
        busy={saving.busy}
        note={isPublished ? 'Saving makes a new version, which applicants see at once' : undefined}
        unavailable={against}
        action={isPublished ? 'Save and publish' : 'Save'}
        onSave={() => void saving.save()}
        onDiscard={() => {
          toast({ text: 'Your changes are discarded.', undo: { label: 'Undo', run: builder.restart() } })
          focusSoon(HEADING)
        }}
      />
      {question}
    </>
  )
}

/** A field of several values adds what is typed in it when it is left. */
function finishChips() {
  const active = document.activeElement
  if (!(active instanceof HTMLElement && active.closest('.chips'))) return
  active.blur()
  active.focus()
}

/** What is edited; on a wide screen, the preview stands beside it and is no part. */
function Part({ builder }: { builder: BuilderState }) {
  const Shown = PARTS[builder.part === 'preview' ? 'questions' : builder.part]
  return (
    <div class="builder-part">
      <Shown builder={builder} />
    </div>
  )
}
