import { Eye, Pencil, Target, Trash2 } from 'lucide-preact'
import { useLocation } from 'preact-iso'
import { editPath, partnerPath, planPath } from '#web/admin/partners/drawer-path.ts'
import { reasonAgainst, useMe } from '#web/me.ts'
import { MenuItem } from '#web/ui/menu.tsx'

interface Props {
  id: string
  search: string
  onDelete: () => void
}

const icon = { size: 15, 'aria-hidden': 'true' } as const

/** What can be done with one partner of the table. */
export function RowMenuItems({ id, search, onDelete }: Props) {
  const { route } = useLocation()
  const { data: me } = useMe()
  return (
    <>
      <MenuItem icon={<Eye {...icon} />} onChoose={() => route(partnerPath(search, id))}>
        View
      </MenuItem>
      <MenuItem
        icon={<Pencil {...icon} />}
        unavailable={reasonAgainst(me, 'manager')}
        onChoose={() => route(editPath(search, id))}
      >
        Edit
      </MenuItem>
      <MenuItem icon={<Target {...icon} />} onChoose={() => route(planPath(search, id))}>
        Open joint plan
      </MenuItem>
      <hr />
      <MenuItem
        tone="red"
        icon={<Trash2 {...icon} />}
        unavailable={reasonAgainst(me, 'admin')}
        onChoose={onDelete}
      >
        Delete…
      </MenuItem>
    </>
  )
}
