import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { fieldLabel } from './field-label.ts'
import type { Meeting } from './use-rules-form.ts'

const LIST = new Intl.ListFormat('en')

interface Props {
  meeting: Meeting
  onDiscard: () => void
}

/** Two people edited the same rules: what the other one did, and what can be done now. */
export function MeetingNotice({ meeting: { who, changed, disputed }, onDiscard }: Props) {
  const others = changed.filter((field) => !disputed.includes(field))
  return (
    <Notice tone="amber" role="alert" data-form-message tabIndex={-1}>
      <p>
        <strong>{who} saved other rules while you were editing.</strong> Nothing of yours is lost, and nothing
        of theirs.
        {others.length > 0 && ` Taken in from them: ${LIST.format(others.map(fieldLabel))}.`}
        {disputed.length > 0 &&
          ` Changed by both, and shown as you left it: ${LIST.format(disputed.map(fieldLabel))}.`}
      </p>
      <p>Save again to keep what you see.</p>
      <Button onClick={onDiscard}>Take only theirs</Button>
    </Notice>
  )
}
