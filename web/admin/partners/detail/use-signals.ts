import { useQuery, useQueryClient } from '@tanstack/preact-query'
import { useEffect, useRef } from 'preact/hooks'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { PartnerSignals } from '#worker/signals/schema.ts'

const POLL_MS = 1_500

export const signalsKey = (id: string) => ['partners', id, 'signals']

/** What is publicly known of a partner; what is being looked up appears by itself, and with it the scores made of it. */
export function useSignals(id: string) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: signalsKey(id),
    queryFn: (): Promise<PartnerSignals> => answerOf(api.partners[':id'].signals.$get({ param: { id } })),
    refetchInterval: ({ state: { data } }) => (data?.checking ? POLL_MS : false),
  })
  const checking = query.data?.checking ?? false
  const was = useRef(checking)
  useEffect(() => {
    if (was.current && !checking) void client.invalidateQueries({ queryKey: ['partners', id, 'scores'] })
    was.current = checking
  }, [client, id, checking])
  return query
}
