import { Ellipsis, Lock, PenLine, Plus, RotateCcw, Save, Star, StarOff, Trash2, Users } from 'lucide-preact'
import type { DirectoryShape } from '#web/admin/partners/use-directory-state.ts'
import { reasonAgainst, useMe } from '#web/me.ts'
import { IconButton } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { View } from '#worker/views/schema.ts'
import { ALL_PARTNERS, type ShownView } from './built-in-views.ts'
import { explainView, mayChange, useUpdate, useViewChanges } from './view-changes.ts'
import type { OpenDialog } from './views.ts'

interface Props {
  current: ShownView
  /** The table is no longer as the view has it, and there is no room for buttons about that. */
  isEdited: boolean
  defaultViewId: string | null
  shape: DirectoryShape
  onDialog: (dialog: OpenDialog) => void
}

const icon = { size: 15, 'aria-hidden': 'true' } as const

/** What can be done with the view that is shown. */
export function ViewMenu({ current, isEdited, defaultViewId, shape, onDialog }: Props) {
  const { data: me } = useMe()
  const { saved } = current
  return (
    <Menu
      label="View"
      trigger={(props) => (
        <IconButton label={`Options of ${current.name}`} {...props}>
          <Ellipsis size={15} aria-hidden="true" />
          {isEdited && <span class="dot" />}
        </IconButton>
      )}
    >
      {isEdited && <EditItems current={current} me={me} shape={shape} onDialog={onDialog} />}
      <DefaultItem current={current} defaultViewId={defaultViewId} />
      {saved ? (
        <SavedItems view={saved} me={me} onDialog={onDialog} />
      ) : (
        !isEdited && (
          <MenuItem icon={<Plus {...icon} />} onChoose={() => onDialog({ kind: 'save' })}>
            Save as new view…
          </MenuItem>
        )
      )}
    </Menu>
  )
}

type EditProps = Pick<Props, 'current' | 'shape' | 'onDialog'> & { me: Me | undefined }

/** Where there is no room for buttons. */
function EditItems({ current, me, shape, onDialog }: EditProps) {
  const update = useUpdate(shape, onDialog)
  const { saved } = current
  return (
    <>
      {saved && mayChange(saved, me) && (
        <MenuItem icon={<Save {...icon} />} onChoose={() => void update(saved)}>
          Update this view
        </MenuItem>
      )}
      <MenuItem icon={<Plus {...icon} />} onChoose={() => onDialog({ kind: 'save' })}>
        {saved ? 'Save as new…' : 'Save view…'}
      </MenuItem>
      <MenuItem icon={<RotateCcw {...icon} />} onChoose={() => shape.open(current)}>
        Reset
      </MenuItem>
      <hr />
    </>
  )
}

/** Without a default, the directory opens with everybody. */
function DefaultItem({ current, defaultViewId }: Pick<Props, 'current' | 'defaultViewId'>) {
  const { makeDefault } = useViewChanges()
  const isDefault = current.id === (defaultViewId ?? ALL_PARTNERS.id)
  const choose = (id: string | null) =>
    makeDefault(id === ALL_PARTNERS.id ? null : id).catch((error: unknown) =>
      toast({ text: explainView(error).message }),
    )
  if (!isDefault)
    return (
      <MenuItem icon={<Star {...icon} />} onChoose={() => void choose(current.id)}>
        Make this my default
      </MenuItem>
    )
  return (
    <MenuItem
      icon={defaultViewId === null ? <Star {...icon} /> : <StarOff {...icon} />}
      unavailable={defaultViewId === null ? 'It is, for as long as you choose no other.' : undefined}
      onChoose={() => void choose(null)}
    >
      {defaultViewId === null ? 'Make this my default' : 'No longer my default'}
    </MenuItem>
  )
}

interface SavedProps {
  view: View
  me: Me | undefined
  onDialog: (dialog: OpenDialog) => void
}

function SavedItems({ view, me, onDialog }: SavedProps) {
  const { change } = useViewChanges()
  const refusal = mayChange(view, me) ? undefined : (reasonAgainst(me, 'manager') ?? 'It is not yours.')
  const isMine = view.owner.id === me?.memberId
  const share = (shared: boolean) =>
    change(view.id, { version: view.version, shared }).then(
      () => toast({ text: shared ? `Everyone sees ${view.name} now.` : `Only you see ${view.name} now.` }),
      (error: unknown) => toast({ text: explainView(error).message }),
    )
  return (
    <>
      <MenuItem
        icon={<PenLine {...icon} />}
        unavailable={refusal}
        onChoose={() => onDialog({ kind: 'rename', view })}
      >
        Rename…
      </MenuItem>
      {isMine && (
        <MenuItem
          icon={view.shared ? <Lock {...icon} /> : <Users {...icon} />}
          unavailable={view.shared ? undefined : reasonAgainst(me, 'manager')}
          onChoose={() => void share(!view.shared)}
        >
          {view.shared ? 'Keep to myself' : 'Share with everyone'}
        </MenuItem>
      )}
      <hr />
      <MenuItem
        tone="red"
        icon={<Trash2 {...icon} />}
        unavailable={refusal}
        onChoose={() => onDialog({ kind: 'delete', view })}
      >
        Delete…
      </MenuItem>
    </>
  )
}
