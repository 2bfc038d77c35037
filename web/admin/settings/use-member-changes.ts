import { useQueryClient } from '@tanstack/preact-query'
import { api } from '#web/api.ts'
import { ME } from '#web/me.ts'
import { MEMBERS } from '#web/members.ts'
import { answerOf, done } from '#web/problem.ts'
import type { Role } from '#worker/auth/terms.ts'
import type { Member } from '#worker/organizations/schema.ts'

/** Each change is made on the server first; then the list, and one's own rights, are read again. */
export function useMemberChanges() {
  const client = useQueryClient()
  const renew = async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: MEMBERS }),
      client.invalidateQueries({ queryKey: ME }),
    ])
  }
  return {
    invite: async (json: { email: string; role: Role }) => {
      await answerOf(api.members.$post({ json }))
      await renew()
    },
    inviteAgain: ({ id }: Member) => done(api.members[':id'].invitation.$post({ param: { id } })),
    setRole: async ({ id }: Member, role: Role) => {
      try {
        await answerOf(api.members[':id'].$patch({ param: { id }, json: { role } }))
      } finally {
        await renew()
      }
    },
    remove: async ({ id }: Member) => {
      await done(api.members[':id'].$delete({ param: { id } }))
      await renew()
    },
  }
}
