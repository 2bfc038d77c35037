import { deferred } from '#web/ui/deferred.tsx'
import { useStore } from '#web/ui/store.ts'
import type { After } from './run.ts'
import { lastEdit } from './stores.ts'

export const UndoLast = deferred(async () => (await import('./undo-last.tsx')).UndoLast)

/** Is there for as long as the last edit of many can be taken back. */
export function UndoButton({ after }: { after: After }) {
  const possible = useStore(lastEdit, (edit) => edit !== null)
  return possible ? <UndoLast after={after} /> : null
}
