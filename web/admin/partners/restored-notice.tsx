import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { FormState } from '#web/ui/use-form.ts'
import './restored-notice.css'

interface Props {
  form: FormState['form']
  onDiscard: () => void
}

/** A form that opens with what was typed before a reload or a sign-in says so, and can begin anew. */
export function RestoredNotice({ form, onDiscard }: Props) {
  const startOver = () => {
    onDiscard()
    // The button is no more; its focus goes to where the form begins.
    form.current?.querySelector<HTMLElement>('[name="name"]')?.focus()
  }
  return (
    <Notice role="status" class="notice restored-notice">
      What you entered here before is not saved yet.
      <Button look="plain" onClick={startOver}>
        Discard it
      </Button>
    </Notice>
  )
}
