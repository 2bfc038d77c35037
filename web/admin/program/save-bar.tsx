import { FlaskConical } from 'lucide-preact'
import { Button } from '#web/ui/button.tsx'

interface Props {
  unsaved: boolean
  refusal: string | undefined
  trying: boolean
  onTry: () => void
  onSave: () => void
  onDiscard: () => void
}

/** Always in sight: whether something is unsaved, and what to do with it. */
export function SaveBar({ unsaved, refusal, trying, onTry, onSave, onDiscard }: Props) {
  return (
    <section class="save-bar" aria-label="Changes">
      <p role="status" data-unsaved={unsaved || undefined}>
        {refusal ?? (unsaved ? 'Unsaved changes' : 'Everything is saved')}
      </p>
      {unsaved && (
        <Button look="plain" onClick={onDiscard}>
          Discard
        </Button>
      )}
      <Button data-try unavailable={refusal} busy={trying} onClick={onTry}>
        <FlaskConical size={14} aria-hidden="true" />
        Try it
      </Button>
      <Button
        look="primary"
        unavailable={refusal ?? (unsaved ? undefined : 'Nothing has changed.')}
        onClick={onSave}
      >
        Save…
      </Button>
    </section>
  )
}
