import { CircleDot, Layers, Tag, Trash2, UserRound, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Definition } from '#web/admin/partners/definition.ts'
import { useNarrow } from '#web/admin/partners/use-narrow.ts'
import { formatCount } from '#web/format.ts'
import { Bar } from '#web/ui/bar.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Popover } from '#web/ui/popover.tsx'
import { useStore } from '#web/ui/store.ts'
import { bulkFilterOf } from './bulk-filter.ts'
import { type Action, BulkMenu } from './bulk-menu.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { type After, runEdit } from './run.ts'
import { countOf, everything, loadedIn, shareOf } from './selection.ts'
import { beginning, type Left } from './steps.ts'
import { type Work, work } from './stores.ts'
import { TagsDialog } from './tags-dialog.tsx'
import type { Selecting } from './use-selection.ts'
import type { Change } from './words.ts'
import './bulk-bar.css'

interface Props {
  /** Whether anybody is chosen, or something is under way. */
  shown: boolean
  selecting: Selecting
  definition: Definition
  /** How many match, once that is known. */
  total: number | undefined
  /** Why this person may not change, and why not delete. */
  refusal: string | undefined
  deleteRefusal: string | undefined
  after: After
  onDeleted: (ids: readonly string[]) => void
}

const icon = { size: 14, 'aria-hidden': 'true' } as const
const TOOLS = [
  { action: 'manager', label: 'Set manager', Icon: UserRound },
  { action: 'stage', label: 'Set stage', Icon: CircleDot },
  { action: 'tier', label: 'Set tier', Icon: Layers },
] as const

/** What can be done with the partners that are chosen. It stays for as long as something is under way. */
export function BulkBar(props: Props) {
  const { shown, selecting, definition, total, refusal, deleteRefusal, after, onDeleted } = props
  const selection = useStore(selecting.store, (now) => now)
  const going = useStore(work, (now) => now)
  const [dialog, setDialog] = useState<{ kind: 'tags' | 'delete'; left: Left } | null>(null)
  const count = countOf(selection)
  const target = (): Left =>
    selection.all === null
      ? { ids: [...selection.ids] }
      : { filter: bulkFilterOf(definition), expected: selection.all }
  const edit = (change: Change) => void runEdit({ change, progress: beginning(target()) }, after)
  const open = (kind: 'tags' | 'delete') => setDialog({ kind, left: target() })
  // Where nothing was done yet, how many are chosen says more.
  const tells = going !== null && (going.failure === null || going.done > 0)
  if (!shown && !dialog) return null
  return (
    <section class="bulk-bar" aria-label="Chosen partners">
      {going?.failure ? (
        <Decision failure={going.failure} />
      ) : (
        <Offer selecting={selecting} total={total} share={shareOf(selection, selecting.lines())} />
      )}
      <div class="bulk-row">
        {tells && <Going now={going} />}
        {!tells && count > 0 && <Count count={count} onClear={() => clear(selecting)} />}
        {count > 0 && (
          <Tools
            refusal={refusal}
            deleteRefusal={deleteRefusal}
            busy={going !== null}
            onChange={edit}
            onTags={() => open('tags')}
            onDelete={() => open('delete')}
          />
        )}
      </div>
      {dialog?.kind === 'tags' && (
        <TagsDialog left={dialog.left} after={after} onClose={() => setDialog(null)} />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteDialog
          left={dialog.left}
          after={after}
          onDeleted={onDeleted}
          onClose={() => setDialog(null)}
        />
      )}
    </section>
  )
}

/** The button that was pressed goes; the focus goes to the table. */
function clear(selecting: Selecting) {
  selecting.clear()
  document.querySelector<HTMLElement>('.rows-box')?.focus()
}

const Count = ({ count, onClear }: { count: number; onClear: () => void }) => (
  <span class="bulk-count">
    <span role="status">
      <span class="number">{formatCount(count)}</span> selected
    </span>
    <IconButton label="Clear selection" onClick={onClear}>
      <X {...icon} />
    </IconButton>
  </span>
)

/** How far it has come; between two calls it can be stopped. */
function Going({ now: { kind, done, total, stopping, failure } }: { now: Work }) {
  const far = `${formatCount(done)} of ${formatCount(total)}`
  return (
    <span class="bulk-count">
      <span role="status" class="number">
        {failure ? `${far} done` : `${kind === 'undo' ? 'Undoing: ' : ''}${far}…`}
      </span>
      <Bar share={total > 0 ? done / total : 0} />
      {!failure && (
        <Button look="plain" busy={stopping} onClick={stop}>
          Stop
        </Button>
      )}
    </span>
  )
}

function stop() {
  const now = work.get()
  if (now) work.set({ ...now, stopping: true })
}

function Decision({ failure: { message, again, retry, end } }: { failure: NonNullable<Work['failure']> }) {
  return (
    <div class="bulk-decision">
      <p role="alert">{message}</p>
      <span class="bulk-answers">
        <Button onClick={end}>{again === null ? 'Close' : 'Stop here'}</Button>
        {again !== null && (
          <Button look="primary" onClick={retry}>
            {again}
          </Button>
        )}
      </span>
    </div>
  )
}

interface OfferProps extends Pick<Props, 'selecting' | 'total'> {
  share: ReturnType<typeof shareOf>
}

/** From all that are read to all that match. */
function Offer({ selecting, total, share }: OfferProps) {
  const narrow = useNarrow()
  const { all, ids } = useStore(selecting.store, (now) => now)
  if (all !== null) {
    const loaded = loadedIn(selecting.lines())
    return (
      <p class="bulk-offer">
        All {formatCount(all)} that match are selected.
        {loaded < all && ` Unticking one keeps only the ${formatCount(loaded - 1)} others that are loaded.`}
      </p>
    )
  }
  if (total === undefined || total <= ids.size || !(narrow || share === 'all')) return null
  return (
    <p class="bulk-offer">
      {share === 'all' && <span>All {formatCount(ids.size)} loaded are selected. </span>}
      <button type="button" class="text-button" onClick={() => selecting.set(everything(total))}>
        Select all {formatCount(total)} that match
      </button>
    </p>
  )
}

interface ToolsProps extends Pick<Props, 'refusal' | 'deleteRefusal'> {
  busy: boolean
  onChange: (change: Change) => void
  onTags: () => void
  onDelete: () => void
}

function Tools({ refusal, deleteRefusal, busy, onChange, onTags, onDelete }: ToolsProps) {
  const narrow = useNarrow()
  const unavailable = refusal ?? (busy ? BUSY : undefined)
  const tool = (label: string, content: ComponentChildren, action?: Action) => (
    <Popover
      key={label}
      label={label}
      trigger={(props) => (
        <Button look="plain" unavailable={unavailable} {...props}>
          {content}
        </Button>
      )}
    >
      {(close) => (
        <BulkMenu
          action={action}
          onTags={() => {
            close()
            onTags()
          }}
          onChange={(change) => {
            close()
            onChange(change)
          }}
        />
      )}
    </Popover>
  )
  return (
    <span class="bulk-tools">
      {narrow
        ? tool('Change', 'Change')
        : TOOLS.map(({ action, label, Icon }) =>
            tool(
              label,
              <>
                <Icon {...icon} />
                {label}
              </>,
              action,
            ),
          )}
      {!narrow && (
        <Button look="plain" unavailable={unavailable} onClick={onTags}>
          <Tag {...icon} />
          Tags
        </Button>
      )}
      <Button
        look="plain"
        class="button bulk-delete"
        unavailable={deleteRefusal ?? (busy ? BUSY : undefined)}
        onClick={onDelete}
      >
        <Trash2 {...icon} />
        {narrow ? 'Delete…' : 'Delete selected…'}
      </Button>
    </span>
  )
}

const BUSY = 'A change is under way.'
