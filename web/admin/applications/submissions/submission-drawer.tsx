import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { reasonAgainst } from '#web/me.ts'
import { ApiProblem, explain, isNetworkLoss } from '#web/problem.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Button } from '#web/ui/button.tsx'
import { LoadingLines } from '#web/ui/loading-lines.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { ErrorState } from '#web/ui/states.tsx'
import { type Neighbours, Steps } from '#web/ui/steps.tsx'
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

interface Props {
  id: string
  me: Me | undefined
  neighbours: Neighbours
  pathOf: (id: string) => string
  onClose: () => void
}

/** One submission. It stays open while one steps from row to row. */
export function SubmissionDrawer({ id, me, neighbours, pathOf, onClose }: Props) {
  const { route } = useLocation()
  const { data, error, refetch } = useSubmission(id)
  const { took } = useSubmissionChanges()
  const opened = data?.id
  useEffect(() => {
    // The row is no longer marked as unread.
    if (opened && data) took(data)
  }, [opened])
  const title = data ? nameOf(data) : 'Submission'
  useTitle(title)
  const step = (to: string) => route(pathOf(to), true)
  return (
    <Modal
      kind="drawer"
      wide
      title={title}
      lead={data && <Avatar name={title} size="large" />}
      actions={<Steps id={id} noun="submission" {...neighbours} onStep={step} arrows />}
      onClose={onClose}
    >
      {data ? (
        <Body key={id} submission={data} me={me} onDeleted={onClose} />
      ) : error ? (
        <Unreachable error={error} onRetry={() => void refetch()} onClose={onClose} />
      ) : (
        <LoadingLines />
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
