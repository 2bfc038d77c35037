import { failureInWords } from '#web/admin/applications/submissions/failure-words.ts'
import { formatMoment } from '#web/format.ts'
import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { Notice } from '#web/ui/notice.tsx'
import type { Form } from '#worker/applications/schema.ts'
import type { AlertChannel } from '#worker/applications/terms.ts'
import { StaleNotice } from './stale-notice.tsx'
import type { BuilderState } from './use-builder.ts'

const CHANNELS: Record<AlertChannel, string> = { email: 'E-mail', slack: 'Slack messages' }

/** A target that alerts did not reach, whichever part of the form one looks at. */
const Failing = ({ formId, channel, to, error, at }: Form['failing'][number] & { formId: string }) => (
  <Notice tone="red">
    <p>
      {CHANNELS[channel]} to {to} did not arrive on {formatMoment(at)}. {error && failureInWords(error)}
    </p>
    <p>
      <a href={`/partners/applications/${formId}?part=notifications`}>Look at the notifications</a>, and send
      what was missed again from its submission.
    </p>
  </Notice>
)

/** What one has to know before going on. */
export function Notices({ builder }: { builder: BuilderState }) {
  const { form, isBehind, isRestored, message, restart, refusal } = builder
  return (
    <div class="notices">
      {refusal && <Notice>You can look at this form, and not change it. {refusal}</Notice>}
      {form.failing.map((each) => (
        <Failing key={`${each.channel} ${each.to}`} formId={form.id} {...each} />
      ))}
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
