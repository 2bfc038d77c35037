import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { Notice } from '#web/ui/notice.tsx'
import { StaleNotice } from './stale-notice.tsx'
import type { BuilderState } from './use-builder.ts'

/** What one has to know before going on. */
export function Notices({ builder }: { builder: BuilderState }) {
  const { isBehind, isRestored, message, restart, refusal } = builder
  return (
    <div class="builder-notices">
      {refusal && <Notice>You can look at this form, and not change it. {refusal}</Notice>}
      {isBehind && <StaleNotice builder={builder} />}
      {isRestored && !isBehind && (
        <Notice role="status">
          <p>You have changes here that are not saved yet.</p>
          <Button
            look="plain"
            onClick={() => {
              restart()
              focusSoon(HEADING)
            }}
          >
            Discard them
          </Button>
        </Notice>
      )}
      {message && (
        <Notice tone="red" role="alert" data-form-message tabIndex={-1}>
          {message}
        </Notice>
      )}
    </div>
  )
}
