import { useEffect, useRef, useState } from 'preact/hooks'
import { formatCount } from '#web/format.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { movesInWords, pinnedInWords } from './moves.ts'
import type { SimulationState } from './use-simulation.ts'

interface Props {
  simulation: SimulationState
  /** @throws what the server refused, unless that is said elsewhere */
  save: () => Promise<void>
  onClose: () => void
}

/** What saving does, said before it is done: who moves, and what becomes of pins. */
export function SaveDialog({ simulation: state, save, onClose }: Props) {
  const { simulation, isCurrent, running, run } = state
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState('')
  const look = useRef(async () => {})
  look.current = async () => {
    if (!(isCurrent || running || (await run()))) onClose()
  }
  useEffect(() => void look.current(), [])
  const known = simulation && isCurrent ? simulation : null
  const send = async () => {
    setSaving(true)
    setFailure('')
    try {
      await save()
    } catch (error) {
      setFailure(explain(error).message)
      setSaving(false)
    }
  }
  const count = known?.moves.length ?? 0
  const footer = (
    <>
      <Button onClick={onClose}>Keep editing</Button>
      <Button
        look="primary"
        autofocus
        busy={saving}
        unavailable={running ? 'One moment: looking who would move.' : undefined}
        onClick={() => void send()}
      >
        Save and apply
        {known && count > 0 && (
          <span class="number">
            {formatCount(count)} {count === 1 ? 'move' : 'moves'}
          </span>
        )}
      </Button>
    </>
  )
  return (
    <Modal kind="dialog" title="Save and apply the programme?" onClose={onClose} footer={footer}>
      <div class="save-words">
        {running && (
          <p role="status">
            <span class="sr-only">Looking who would move…</span>
            <Skeleton width={70} />
          </p>
        )}
        {known && <p role="status">{movesInWords(known)}</p>}
        {known?.pinned.map((one) => (
          <Notice key={one.programTierId} tone="amber">
            {pinnedInWords(one)}
          </Notice>
        ))}
        {state.failure && !running && (
          <Notice tone="amber" role="status">
            <p>Who would move could not be found out. {state.failure}</p>
            <Button onClick={() => void look.current()}>Try again</Button>
          </Notice>
        )}
        <p class="muted">
          Every partner without a pin is evaluated anew. Moves up happen at once, moves down after the track’s
          grace period. The programme as it was stays under Versions.
        </p>
        {failure && (
          <Notice tone="red" role="alert">
            {failure}
          </Notice>
        )}
      </div>
    </Modal>
  )
}
