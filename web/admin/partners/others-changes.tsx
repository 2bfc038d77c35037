import { useQueryClient } from '@tanstack/preact-query'
import { useRef, useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { useLooking } from '#web/use-looking.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { useRowChanges } from './directory.ts'

const LOOK_EVERY_MS = 10_000

/**
 * What others change, and scores that come, appear by themselves: what is open is read anew, rows that have been read are renewed, and a table of a
 * few pages is read anew in place. A longer one is left as it is, and says when partners came or went.
 */
export function OthersChanges({ rows }: { rows: readonly PartnerRow[] }) {
  const client = useQueryClient()
  const { renew, refreshUnasked, reread } = useRowChanges()
  const [isBehind, setBehind] = useState(false)
  const known = useRef<{ at: string; total: number } | null>(null)

  const look = async () => {
    const before = known.current
    // A session that ended is for the next thing that somebody does, not for a look that nobody asked for.
    const query = before ? { since: before.at } : {}
    const { at, total, ids } = await answerOf(api.partners.changes.$get({ query }), { quietly: true })
    known.current = { at, total }
    // What is open of them, such as a drawer.
    if (before) for (const id of ids) void client.invalidateQueries({ queryKey: ['partners', id] })
    if (!before || (ids.length === 0 && total === before.total) || refreshUnasked()) return
    if (total !== before.total) setBehind(true)
    const shown = new Set(rows.map(({ id }) => id))
    const changed = ids.filter((id) => shown.has(id))
    if (changed.length === 0) return
    const newer = await answerOf(api.partners.rows.$get({ query: { id: changed } }), { quietly: true })
    renew(newer.items)
  }
  useLooking('others', look, (elapsedMs) => (elapsedMs > 0 ? LOOK_EVERY_MS : 0))

  if (!isBehind) return null
  const catchUp = () => {
    setBehind(false)
    reread()
  }
  return (
    <p class="behind" role="status">
      Partners were added or removed. <Button onClick={catchUp}>Show them</Button>
    </p>
  )
}
