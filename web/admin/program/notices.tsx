import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { Notice } from '#web/ui/notice.tsx'
import type { Program } from '#worker/program/schema.ts'
import { ProgressNotice } from './progress-notice.tsx'
import { StaleNotice } from './stale-notice.tsx'
import type { ProgramDraft } from './use-program-draft.ts'

interface Props {
  userId: string
  program: Program
  draft: ProgramDraft
  takeTheirs: () => void
}

/** What one has to know before going on. */
export function Notices({ userId, program, draft, takeTheirs }: Props) {
  return (
    <div class="notices">
      <ProgressNotice />
      {draft.isBehind && (
        <StaleNotice userId={userId} program={program} draft={draft} takeTheirs={takeTheirs} />
      )}
      {draft.isRestored && !draft.isBehind && (
        <Notice role="status">
          <p>You have changes here that are not saved yet.</p>
          <Button
            look="plain"
            onClick={() => {
              draft.restart()
              focusSoon(HEADING)
            }}
          >
            Discard them
          </Button>
        </Notice>
      )}
      {draft.message && (
        <Notice tone="red" role="alert" data-form-message tabIndex={-1}>
          {draft.message}
        </Notice>
      )}
    </div>
  )
}
