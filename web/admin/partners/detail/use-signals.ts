import { useQuery } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import type { PartnerSignals } from '#worker/signals/schema.ts'

const POLL_MS = 1_500

export const signalsKey = (id: string) => ['partners', id, 'signals']

/** What is publicly known of a partner; what is being looked up appears by itself. */
export const useSignals = (id: string) =>
  useQuery({
    queryKey: signalsKey(id),
    queryFn: (): Promise<PartnerSignals> => answerOf(api.partners[':id'].signals.$get({ param: { id } })),
    refetchInterval: ({ state: { data } }) => (data?.checking ? POLL_MS : false),
  })
