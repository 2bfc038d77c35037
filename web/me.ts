import { useQuery } from '@tanstack/preact-query'
import type { Me } from '#worker/auth/schema.ts'
import { mayAct, ROLE_LABELS, type Role } from '#worker/auth/terms.ts'
import { api } from './api.ts'
import { answerOf } from './problem.ts'

export const ME = ['me'] as const

/** Who is signed in. */
export const useMe = () =>
  useQuery({ queryKey: ME, queryFn: (): Promise<Me> => answerOf(api.me.$get()), staleTime: 60_000 })

/** Why somebody of this role may not do what needs another; nothing while it is not known who asks. */
export function reasonAgainst(me: Me | undefined, needed: Role): string | undefined {
  if (!me?.role || mayAct(me.role, needed)) return undefined
  return `Your role is ${ROLE_LABELS[me.role]}; this needs ${ROLE_LABELS[needed]} or higher.`
}
