import { useEffect, useRef } from 'preact/hooks'
import { useRowChanges } from '#web/admin/partners/directory.ts'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { pollDelay } from './poll-delay.ts'

const isPending = ({ fitState, healthState }: PartnerRow) =>
  fitState === 'pending' || healthState === 'pending'
const idsOf = (rows: readonly PartnerRow[]) => rows.map(({ id }) => id).join(' ')

/** Scores that are being made appear in the rows in sight within moments. */
export function useFreshRows(rows: readonly PartnerRow[]) {
  const { renew } = useRowChanges()
  const read = useRef(async (_ids: string) => {})
  read.current = async (ids) => {
    const { items } = await answerOf(api.partners.rows.$get({ query: { id: ids.split(' ') } }))
    renew(items)
  }
  const pending = idsOf(rows.filter(isPending))

  useEffect(() => {
    if (pending === '') return
    const began = Date.now()
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      // A hidden tab waits; becoming visible looks at once.
      if (document.hidden) return
      await read.current(pending).catch(() => undefined)
      timer = setTimeout(look, pollDelay(Date.now() - began))
    }
    timer = setTimeout(look, pollDelay(0))
    const shown = () => {
      clearTimeout(timer)
      void look()
    }
    document.addEventListener('visibilitychange', shown)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', shown)
    }
  }, [pending])
}
