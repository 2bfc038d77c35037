import { useQuery } from '@tanstack/preact-query'
import { api } from './api.ts'
import { answerOf } from './problem.ts'

export const MEMBERS = ['members'] as const

export const useMembers = (enabled = true) =>
  useQuery({ queryKey: MEMBERS, queryFn: () => answerOf(api.members.$get()), enabled })
