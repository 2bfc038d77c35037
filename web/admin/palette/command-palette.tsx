import { keepPreviousData, useQuery } from '@tanstack/preact-query'
import { Building2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { BUILT_IN_VIEWS } from '#web/admin/partners/views/built-in-views.ts'
import { useViews } from '#web/admin/partners/views/views.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/me.ts'
import { answerOf, explain } from '#web/problem.ts'
import { Modal } from '#web/ui/modal.tsx'
import { type Choice, Picker } from '#web/ui/picker.tsx'
import { leave } from '#web/ui/use-leave-guard.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { commandsOf } from './commands.tsx'
import './palette.css'

/** As many partners as one looks through; the directory's own search has all. */
const FOUND_MAX = 8

interface Props {
  onShowKeys: () => void
  onClose: () => void
}

/** Finds pages, views, actions and partners by what is typed, and goes there. */
export function CommandPalette({ onShowKeys, onClose }: Props) {
  const { route: go } = useLocation()
  const route = (path: string) => leave(() => go(path))
  const { data: me } = useMe()
  const { data: views } = useViews()
  const [typed, setTyped] = useState('')
  const found = useFound(typed.trim())
  const commands = commandsOf({ me, views: views?.all ?? BUILT_IN_VIEWS, route, onShowKeys })
  const partners = typed.trim() === '' ? [] : (found.data ?? []).map(choiceOf)
  const run = (value: string) => {
    onClose()
    const command = commands.find((one) => one.value === value)
    if (command) command.run()
    else route(partnerPath(location.pathname.startsWith('/partners') ? location.search : '', value))
  }
  return (
    <Modal kind="palette" title="Find anything" titleHidden onClose={onClose}>
      <Picker
        label="Find a partner, page, view or action"
        choices={[...commands, ...partners]}
        failure={found.error ? explain(found.error).message : found.isFetching ? 'Looking…' : undefined}
        onType={setTyped}
        onChoose={run}
      />
    </Modal>
  )
}

/** The partners whose name or domain has what is typed; what was found before stays until there is something newer. */
const useFound = (search: string) =>
  useQuery({
    queryKey: ['partners', 'found', search],
    queryFn: async ({ signal }): Promise<PartnerRow[]> => {
      const query = { search, limit: String(FOUND_MAX) }
      const { items } = await answerOf(api.partners.$get({ query }, { init: { signal } }))
      return items
    },
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })

const choiceOf = ({ id, name, domain }: PartnerRow): Choice => ({
  value: id,
  label: name,
  icon: <Building2 size={15} aria-hidden="true" />,
  note: domain,
  found: true,
})
