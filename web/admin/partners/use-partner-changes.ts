import { useQueryClient } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf, explain, isProblem } from '#web/problem.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { useRowChanges } from './directory.ts'

/** Keeps all that shows a partner true once something about it has changed. */
export function usePartnerChanges(id: string) {
  const client = useQueryClient()
  const { renew } = useRowChanges()
  const key = ['partners', id]
  /** Scores, activity and the partner itself are read anew where they are shown. */
  const reread = () => client.invalidateQueries({ queryKey: key })
  /** What the server says the partner is now. */
  const accept = (partner: Partner) => {
    client.setQueryData(key, partner)
    renew([partner])
    for (const part of ['scores', 'activity', 'signals'])
      void client.invalidateQueries({ queryKey: [...key, part] })
  }
  /** What to say of a failure; a partner that is gone is then shown to be. */
  const explainHere = (error: unknown) => {
    if (isProblem(error, 'not-found')) void reread()
    return explain(error)
  }
  const readNow = async () => {
    const partner: Partner = await answerOf(api.partners[':id'].$get({ param: { id } }))
    accept(partner)
    return partner
  }
  return { accept, reread, readNow, explain: explainHere }
}
