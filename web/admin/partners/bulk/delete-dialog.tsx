import { useId } from 'preact/hooks'
import { formatCount } from '#web/format.ts'
import { Bar } from '#web/ui/bar.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFocusAfter } from '#web/ui/focus.ts'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { sizeOf } from './steps.ts'
import { type DeletionProps, useDeletion } from './use-deletion.ts'
import { partners } from './words.ts'
import './delete-dialog.css'

/** So many are deleted by one press; for more, the number is typed. */
const UNTYPED_MAX = 10

/** Asks before partners are deleted for good, shows how far it is, and stays open when something is in the way. */
export function DeleteDialog(props: DeletionProps) {
  const { name } = props
  const { progress, running, stopping, failure, typed, type, go, leave } = useDeletion(props)
  const formId = useId()
  useFocusAfter('.rows-box')
  const count = sizeOf(progress.left)
  const all = progress.done + count
  const mustType = count > UNTYPED_MAX
  const isTyped = !mustType || typed.replaceAll(/[\s.,'’]/g, '') === String(count)
  const confirm = (event: Event) => {
    event.preventDefault()
    if (isTyped && count > 0 && !running) void go()
  }
  const asked = count === 0 ? 'Nothing left to delete' : `Delete ${name ?? partners(count)}?`
  return (
    <Modal
      kind="dialog"
      title={running ? `Deleting ${name ?? partners(all)}` : asked}
      onClose={leave}
      footer={
        <>
          <Button autofocus={!mustType} busy={stopping} onClick={leave}>
            {running ? 'Stop' : count === 0 || progress.done > 0 ? 'Close' : 'Cancel'}
          </Button>
          {count > 0 && (
            <Button
              look="danger"
              type="submit"
              form={formId}
              busy={running}
              unavailable={isTyped || running ? undefined : `Type ${formatCount(count)} first.`}
            >
              Delete {name === undefined ? partners(count) : 'partner'}
            </Button>
          )}
        </>
      }
    >
      <form id={formId} class="delete-form" noValidate onSubmit={confirm}>
        {failure && (
          <Notice tone="red" role="alert">
            {failure}
          </Notice>
        )}
        <Consequences one={all === 1} />
        {(running || progress.done > 0) && (
          <p class="delete-progress" role="status">
            <Bar share={progress.done / Math.max(1, all)} />
            <span class="number">
              {formatCount(progress.done)} of {formatCount(all)} deleted
            </span>
          </p>
        )}
        {mustType && !running && (
          <TextField
            label={`Type ${formatCount(count)} to confirm`}
            name="count"
            autofocus
            autocomplete="off"
            inputmode="numeric"
            value={typed}
            set={type}
          />
        )}
      </form>
    </Modal>
  )
}

const Consequences = ({ one }: { one: boolean }) => (
  <div class="delete-words">
    <p>This cannot be undone. What goes along with {one ? 'it' : 'them'}:</p>
    <ul>
      <li>contacts, and portal accounts that have no other partner</li>
      <li>joint plans</li>
      <li>scores with their history, and signals</li>
      <li>activity and logos</li>
    </ul>
  </div>
)
