import { Undo2 } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { Button, IconButton } from '#web/ui/button.tsx'
import { useFocusAfter } from '#web/ui/focus.ts'
import { useStore } from '#web/ui/store.ts'
import { type After, runUndo } from './run.ts'
import { lastEdit, work } from './stores.ts'
import './undo-last.css'

/** Takes back the last edit of many for as long as that is possible; the toast is gone by then. */
export function UndoLast({ after }: { after: After }) {
  const narrow = useNarrow()
  const edit = useStore(lastEdit, (now) => now)
  const busy = useStore(work, (now) => now !== null)
  useFocusAfter('.rows-box')
  useEffect(() => {
    if (!edit) return
    const timer = setTimeout(() => lastEdit.set(null), edit.until - Date.now())
    return () => clearTimeout(timer)
  }, [edit])
  if (!edit) return null
  const run = () => void runUndo(edit, after)
  if (narrow)
    return (
      <IconButton label="Undo last change" busy={busy} onClick={run}>
        <Undo2 size={15} aria-hidden="true" />
      </IconButton>
    )
  return (
    <Button look="plain" class="button undo-last" busy={busy} data-tip={edit.words} onClick={run}>
      <Undo2 size={14} aria-hidden="true" />
      Undo last change
    </Button>
  )
}
