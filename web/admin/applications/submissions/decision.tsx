import { Check, RotateCcw, Trash2, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { reasonAgainst } from '#web/me.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Kbd } from '#web/ui/kbd.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { Submission } from '#worker/submissions/schema.ts'
import { AddFromSubmission } from './add-from-submission.tsx'
import { useSubmissionChanges } from './queries.ts'
import { RejectDialog } from './reject-dialog.tsx'
import { nameOf } from './submissions-list.tsx'
import type { Review } from './use-review.ts'

interface Props {
  submission: Submission
  me: Me | undefined
  refusal: string | undefined
  review: Review
  onDeleted: () => void
}

/** What one can do about a submission, by button and by key. */
export function Decision({ submission, me, refusal, review, onDeleted }: Props) {
  const { state, suspected } = submission
  const place = useRef<HTMLDivElement>(null)
  const [asking, setAsking] = useState<'reject' | 'delete' | null>(null)
  const held = suspected ? 'Say first that it is not spam.' : undefined
  const unavailable = refusal ?? held
  const approve = () => void review.decide('approved')
  useHotkeys(
    {
      a: () => !unavailable && state !== 'approved' && approve(),
      r: () => !unavailable && state !== 'rejected' && setAsking('reject'),
    },
    place,
  )
  return (
    <div ref={place} class="summary-actions">
      {state === 'approved' && <AddFromSubmission submission={submission} me={me} refusal={refusal} />}
      {state !== 'approved' && (
        <Button
          look={state === 'new' ? 'primary' : 'default'}
          unavailable={unavailable}
          busy={review.busy}
          onClick={approve}
        >
          <Check size={14} aria-hidden="true" />
          Approve
          <Kbd keys="A" />
        </Button>
      )}
      {state !== 'rejected' && (
        <Button unavailable={unavailable} onClick={() => setAsking('reject')}>
          <X size={14} aria-hidden="true" />
          Reject…
          <Kbd keys="R" />
        </Button>
      )}
      {state !== 'new' && (
        <Button unavailable={unavailable} busy={review.busy} onClick={() => void review.decide('new')}>
          <RotateCcw size={14} aria-hidden="true" />
          Back to New
        </Button>
      )}
      {me && (
        <Button look="plain" unavailable={reasonAgainst(me, 'admin')} onClick={() => setAsking('delete')}>
          <Trash2 size={14} aria-hidden="true" />
          Delete…
        </Button>
      )}
      {asking === 'reject' && (
        <RejectDialog name={nameOf(submission)} review={review} onClose={() => setAsking(null)} />
      )}
      {asking === 'delete' && (
        <DeleteDialog submission={submission} onClose={() => setAsking(null)} onDeleted={onDeleted} />
      )}
    </div>
  )
}

interface DeleteProps {
  submission: Submission
  onClose: () => void
  onDeleted: () => void
}

function DeleteDialog({ submission, onClose, onDeleted }: DeleteProps) {
  const { remove } = useSubmissionChanges()
  const name = nameOf(submission)
  return (
    <Confirm
      title={`Delete the submission of ${name}?`}
      action="Delete submission"
      run={async () => {
        await remove(submission.id)
        toast({ text: `The submission of ${name} is deleted.` })
        onDeleted()
      }}
      explain={explain}
      onClose={onClose}
    >
      <p>Its answers, notes, history and alerts go for good. A partner that was added from it stays.</p>
    </Confirm>
  )
}
