import { useState } from 'preact/hooks'
import { formatMoment } from '#web/format.ts'
import { reasonOf } from '#web/reason-of.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Submission } from '#worker/submissions/schema.ts'
import { failureInWords } from './failure-words.ts'
import { useSubmissionChanges } from './queries.ts'

type Delivery = Submission['deliveries'][number]

interface Props {
  submission: Submission
  refusal: string | undefined
}

const STATES = {
  pending: ['amber', 'On its way'],
  done: ['green', 'Delivered'],
  failed: ['red', 'Failed'],
} as const

/** Who was told of the submission, and what came of it. */
export function Deliveries({ submission, refusal }: Props) {
  const { deliveries, suspected } = submission
  return (
    <section>
      <h3>Alerts</h3>
      {deliveries.length === 0 ? (
        <p class="muted">
          {suspected ? 'Nobody is told of what looks like spam.' : 'No alert was sent for this one.'}
        </p>
      ) : (
        <ul class="deliveries">
          {deliveries.map((delivery) => (
            <DeliveryItem
              key={delivery.id}
              delivery={delivery}
              submissionId={submission.id}
              refusal={refusal}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface ItemProps {
  delivery: Delivery
  submissionId: string
  refusal: string | undefined
}

function DeliveryItem({ delivery, submissionId, refusal }: ItemProps) {
  const { channel, to, state, attempts, nextTryAt, lastError, doneAt, digestOf } = delivery
  const [tone, words] = STATES[state]
  return (
    <li>
      <p class="truncate" title={to}>
        <span class="muted">{channel === 'slack' ? 'Slack' : 'E-mail'}</span> {to}
      </p>
      <Badge tone={tone}>{words}</Badge>
      <p class="muted">
        {doneAt && formatMoment(doneAt)}
        {doneAt && digestOf && `, in a digest of ${digestOf}`}
        {lastError && state !== 'done' && failureInWords(lastError)}
        {nextTryAt && attempts > 0 && ` Next try ${formatMoment(nextTryAt)}.`}
        {attempts > 1 && ` ${attempts} tries.`}
      </p>
      {state !== 'pending' && (
        <SendAgain id={delivery.id} to={to} submissionId={submissionId} refusal={refusal} />
      )}
    </li>
  )
}

function SendAgain({
  id,
  to,
  submissionId,
  refusal,
}: Omit<ItemProps, 'delivery'> & { id: string; to: string }) {
  const { resend, read } = useSubmissionChanges()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    try {
      await resend(id)
      toast({ text: `The alert to ${to} is on its way.` })
      await read(submissionId)
    } catch (error) {
      toast({ text: `The alert was not sent. ${reasonOf(error)}` })
    }
    setBusy(false)
  }
  return (
    <Button unavailable={refusal} busy={busy} onClick={() => void send()}>
      Send again<span class="sr-only"> to {to}</span>
    </Button>
  )
}
