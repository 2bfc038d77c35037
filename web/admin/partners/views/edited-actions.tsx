import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { useMe } from '#web/me.ts'
import { Button } from '#web/ui/button.tsx'
import { useFocusAfter } from '#web/ui/focus.ts'
import type { ShownView } from './built-in-views.ts'
import { CURRENT_VIEW, mayChange, useUpdate } from './view-changes.ts'
import type { OpenDialog } from './views.ts'

interface Props {
  current: ShownView
  shape: DirectoryShape
  onDialog: (dialog: OpenDialog) => void
}

/** Beside a table that is no longer as its view has it. */
export function EditedActions({ current, shape, onDialog }: Props) {
  const { data: me } = useMe()
  const { saved } = current
  const update = useUpdate(shape, onDialog)
  const canUpdate = saved && mayChange(saved, me)
  useFocusAfter(CURRENT_VIEW)
  return (
    <span class="views-end">
      <span class="muted">Edited</span>
      <Button look="plain" onClick={() => shape.open(current)}>
        Reset
      </Button>
      {canUpdate && <Button onClick={() => void update(saved)}>Update this view</Button>}
      <Button look={canUpdate ? 'plain' : undefined} onClick={() => onDialog({ kind: 'save' })}>
        {saved ? 'Save as new' : 'Save view'}
      </Button>
    </span>
  )
}
