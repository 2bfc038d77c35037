import { ChevronLeft, ChevronRight } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { reasonAgainst } from '#web/me.ts'
import { ApiProblem, explain, isNetworkLoss } from '#web/problem.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { Modal } from '#web/ui/modal.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { Me } from '#worker/auth/schema.ts'
import type { Submission } from '#worker/submissions/schema.ts'
import { Agreements, Answers } from './answers.tsx'
import { Decision } from './decision.tsx'
import { Deliveries } from './deliveries.tsx'
import { useSubmission, useSubmissionChanges } from './queries.ts'
import { Notices, Others, SubmissionSummary } from './submission-summary.tsx'
import { nameOf } from './submissions-list.tsx'
import { Timeline } from './timeline.tsx'
import { useReview } from './use-review.ts'
import '#web/admin/partners/detail/partner-drawer.css'
import './submission.css'

interface Neighbours {
  previous: string | null
  next: string | null
}

interface Props {
  id: string
  me: Me | undefined
  neighbours: Neighbours
  pathOf: (id: string) => string
  onClose: () => void
}

/** One submission. It stays open while one steps from row to row. */
export function SubmissionDrawer({ id, me, neighbours, pathOf, onClose }: Props) {
  const { data, error, refetch } = useSubmission(id)
  const { took } = useSubmissionChanges()
  const opened = data?.id
  useEffect(() => {
    // The row is no longer marked as unread.
    if (opened && data) took(data)
  }, [opened])
  const title = data ? nameOf(data) : 'Submission'
  useTitle(title)
  return (
    <Modal
      kind="drawer"
      wide
      title={title}
      lead={data && <Avatar name={title} size="large" />}
      actions={<Steps id={id} pathOf={pathOf} {...neighbours} />}
      onClose={onClose}
    >
      {data ? (
        <Body key={id} submission={data} me={me} onDeleted={onClose} />
      ) : error ? (
        <Unreachable error={error} onRetry={() => void refetch()} onClose={onClose} />
      ) : (
        <div class="loading-lines" aria-busy="true">
          {[40, 65, 50, 58].map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
      )}
    </Modal>
  )
}

interface BodyProps {
  submission: Submission
  me: Me | undefined
  onDeleted: () => void
}

function Body({ submission, me, onDeleted }: BodyProps) {
  const refusal = reasonAgainst(me, 'manager')
  const review = useReview(submission)
  return (
    <div class="submission">
      <SubmissionSummary submission={submission} />
      <Decision submission={submission} me={me} refusal={refusal} review={review} onDeleted={onDeleted} />
      <Notices submission={submission} refusal={refusal} review={review} />
      <Others submission={submission} />
      <Answers submission={submission} />
      <Agreements submission={submission} />
      <Timeline submission={submission} refusal={refusal} review={review} />
      <Deliveries submission={submission} refusal={refusal} />
    </div>
  )
}

/** To the rows before and after, by button or key. */
function Steps({ id, pathOf, previous, next }: Neighbours & Pick<Props, 'id' | 'pathOf'>) {
  const { route } = useLocation()
  const place = useRef<HTMLSpanElement>(null)
  const step = (to: string | null) => to && route(pathOf(to), true)
  useHotkeys(
    {
      ArrowRight: () => step(next),
      ArrowLeft: () => step(previous),
      j: () => step(next),
      k: () => step(previous),
    },
    place,
  )
  useEffect(() => {
    // What had the focus may have gone with the one before; the heading says which one is shown.
    if (id && document.activeElement === document.body)
      place.current?.closest('dialog')?.querySelector('h2')?.focus()
  }, [id])
  if (previous === null && next === null) return <span ref={place} />
  return (
    <span ref={place} class="steps">
      <IconButton
        label="Previous submission"
        unavailable={previous === null ? 'This is the first one.' : undefined}
        onClick={() => step(previous)}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Next submission"
        unavailable={next === null ? 'This is the last one.' : undefined}
        onClick={() => step(next)}
      >
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
    </span>
  )
}

function Unreachable({
  error,
  onRetry,
  onClose,
}: {
  error: Error
  onRetry: () => void
  onClose: () => void
}) {
  if (error instanceof ApiProblem && error.status === 404)
    return (
      <ErrorState
        title="This submission is not here"
        message="It was deleted, or the address is mistyped."
        action={<Button onClick={onClose}>Back to the list</Button>}
      />
    )
  return (
    <ErrorState
      title="This submission could not be loaded"
      message={explain(error).message}
      offline={isNetworkLoss(error)}
      onRetry={onRetry}
    />
  )
}
