import { useState } from 'preact/hooks'
import { formatMoment } from '#web/format.ts'
import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { Program } from '#worker/program/schema.ts'
import { diffPrograms } from './diff.ts'
import { DiffView } from './diff-view.tsx'
import { bodyOf } from './draft.ts'
import { useVersions } from './program-queries.ts'
import type { ProgramDraft } from './use-program-draft.ts'

interface Props {
  userId: string
  program: Program
  draft: ProgramDraft
  takeTheirs: () => void
}

/** Somebody else saved while one edits: who, what, and the choice between the two. */
export function StaleNotice({ userId, program, draft, takeTheirs }: Props) {
  const { data } = useVersions()
  const [looking, setLooking] = useState(false)
  const version = data?.items.find(({ n }) => n === program.version)
  const isMe = version?.by.id === userId
  const who = isMe ? 'You' : version?.by.name || 'Somebody else'
  return (
    <Notice tone="amber" role="alert" data-form-message tabIndex={-1}>
      <p>
        <strong>
          {who} saved the programme{isMe && ' elsewhere'} while you were editing
        </strong>
        {version && <span class="muted"> {formatMoment(version.at)}</span>}
      </p>
      <p>Keep yours, and saving replaces theirs. Or take theirs, and your changes go.</p>
      <p class="notice-actions">
        <Button onClick={() => setLooking(true)}>Look at theirs</Button>
        <Button
          onClick={() => {
            draft.keepMine()
            focusSoon(HEADING)
          }}
        >
          Keep mine
        </Button>
        <Button onClick={takeTheirs}>Take theirs</Button>
      </p>
      {looking && (
        <Modal
          kind="dialog"
          title={isMe ? 'What you changed elsewhere' : `What ${who} changed`}
          onClose={() => setLooking(false)}
        >
          <DiffView diff={diffPrograms(bodyOf(draft.basis.tracks), program.tracks)} />
        </Modal>
      )}
    </Notice>
  )
}
