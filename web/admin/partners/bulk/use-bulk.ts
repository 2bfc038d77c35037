import { useEffect, useMemo, useRef } from 'preact/hooks'
import { type Definition, queryOf } from '#web/admin/partners/definition.ts'
import { useRowChanges } from '#web/admin/partners/directory.ts'
import type { Lines } from '#web/admin/partners/table/use-lines.tsx'
import type { After } from './run.ts'
import { everything, NOTHING, without } from './selection.ts'
import { useSelection } from './use-selection.ts'

/** What is chosen in the table, and what becomes of both once many partners were edited or deleted. */
export function useBulk(table: Lines, definition: Definition) {
  const selecting = useSelection(table.lines, JSON.stringify(queryOf(definition)))
  const latest = { ...useRowChanges(), forgetUnseen: table.forgetUnseen }
  const changes = useRef(latest)
  changes.current = latest
  const after = useMemo((): After => {
    return {
      changed: () => {
        changes.current.refresh()
        changes.current.forgetUnseen()
      },
      gone: (ids) => {
        selecting.set(without(selecting.store.get(), ids))
        changes.current.remove(ids)
      },
      recounted: (count) => {
        // By now, other partners may be chosen.
        if (selecting.store.get().all !== null) selecting.set(count > 0 ? everything(count) : NOTHING)
      },
    }
  }, [selecting])
  const { total } = table
  useEffect(() => {
    // All that match are as many as the table says, once it is read anew.
    const { all } = selecting.store.get()
    if (all !== null && total !== undefined && total !== all) after.recounted(total)
  }, [total, selecting, after])
  const deleted = (ids: readonly string[]) => {
    if (ids.length > 0) after.gone(ids)
    else selecting.clear()
  }
  return { selecting, definition, after, deleted }
}
