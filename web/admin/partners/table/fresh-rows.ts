import { useRowChanges } from '#web/admin/partners/directory.ts'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import { useLooking } from '#web/use-looking.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { pollDelay } from './poll-delay.ts'

/** Scores that are being made appear in these rows within moments. */
export function FreshRows({ pending }: { pending: readonly PartnerRow[] }) {
  const { renew } = useRowChanges()
  const id = pending.map((row) => row.id)
  const look = async () => renew((await answerOf(api.partners.rows.$get({ query: { id } }))).items)
  useLooking(id.join(' '), look, pollDelay)
  return null
}
