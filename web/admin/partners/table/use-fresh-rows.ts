import { useRowChanges } from '#web/admin/partners/directory.ts'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import { useLooking } from '#web/use-looking.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { pollDelay } from './poll-delay.ts'

const isPending = ({ fitState, healthState }: PartnerRow) =>
  fitState === 'pending' || healthState === 'pending'

/** Scores that are being made appear in the rows in sight within moments. */
export function useFreshRows(rows: readonly PartnerRow[]) {
  const { renew } = useRowChanges()
  const pending = rows.filter(isPending).map(({ id }) => id)
  const look = async () => {
    const { items } = await answerOf(api.partners.rows.$get({ query: { id: pending } }))
    renew(items)
  }
  useLooking(pending.join(' ') || null, look, pollDelay)
}
