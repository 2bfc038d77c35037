import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import './save-bar.css'

interface Props {
  unsaved: boolean
  refusal: string | undefined
  /** While it is under way. */
  busy?: boolean
  /** What saving brings about, where that is more than keeping. */
  note?: string | undefined
  /** Why it cannot be saved as it is. */
  unavailable?: string | undefined
  /** What saving is called here. */
  action?: ComponentChildren
  onSave: () => void
  onDiscard: () => void
  /** What can be done besides. */
  children?: ComponentChildren
}

/** Always in sight: whether something is unsaved, and what to do with it. */
export function SaveBar({
  unsaved,
  refusal,
  busy = false,
  note,
  unavailable,
  action = 'Save',
  onSave,
  onDiscard,
  children,
}: Props) {
  const words = unsaved ? ['Unsaved changes', note].filter(Boolean).join('. ') : 'Everything is saved'
  return (
    <section class="save-bar" aria-label="Changes">
      <p role="status" data-unsaved={unsaved || undefined} data-note={(unsaved && note) || undefined}>
        {refusal ?? words}
      </p>
      {unsaved && (
        <Button look="plain" onClick={onDiscard}>
          Discard
        </Button>
      )}
      {children}
      <Button
        look="primary"
        busy={busy}
        unavailable={refusal ?? (unsaved ? unavailable : 'Nothing has changed.')}
        onClick={onSave}
      >
        {action}
      </Button>
    </section>
  )
}
