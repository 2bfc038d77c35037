import { useQueryClient } from '@tanstack/preact-query'
import { useEffect } from 'preact/hooks'
import { FORMS, useForms } from '#web/admin/applications/forms-queries.ts'
import { useEverybodyCount } from '#web/admin/partners/directory.ts'
import { SETTINGS, useScoring } from '#web/admin/settings/scoring/scoring.ts'
import { MEMBERS, useMembers } from '#web/members.ts'

/** What makes an organisation ready to work, and where it is done. */
export interface Step {
  label: string
  href: string
  isDone: boolean
}

/** The steps as the organisation stands now; undefined until all of that is known. */
export function useSteps(): Step[] | undefined {
  const { data: scoring } = useScoring()
  const partners = useEverybodyCount(true)
  const { data: forms } = useForms()
  const { data: members } = useMembers()
  const client = useQueryClient()
  useEffect(() => {
    // Whoever opens a page sees what is there then, not what was read for this list.
    for (const queryKey of [SETTINGS, FORMS, MEMBERS])
      void client.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
  }, [client, scoring, forms, members])
  if (!(scoring && forms && members) || partners === undefined) return undefined
  return [
    {
      label: 'Set your ideal profile',
      href: '/settings/scoring',
      isDone: Object.values(scoring.idealPartner).some((wishes) => wishes.length > 0),
    },
    { label: 'Add your first partner', href: '/partners/new', isDone: partners > 0 },
    {
      label: 'Publish a form',
      href: '/partners/applications',
      isDone: forms.items.some(({ state }) => state !== 'draft'),
    },
    { label: 'Invite a colleague', href: '/settings/members', isDone: members.items.length > 1 },
  ]
}
