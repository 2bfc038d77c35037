import { ExternalLink } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formPath } from '#web/admin/applications/form-tabs.tsx'
import { formatDay, formatMoment } from '#web/format.ts'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { Submission } from '#worker/submissions/schema.ts'
import { SUSPICION_LABELS } from '#worker/submissions/terms.ts'
import { SubmissionBadge } from './submission-badge.tsx'
import type { Review } from './use-review.ts'

/** Whom it is from, and through which form. */
export function SubmissionSummary({ submission }: { submission: Submission }) {
  const { companyDomain, contactName, contactEmail, formId, formName, formVersion, submittedAt } = submission
  return (
    <div class="summary">
      {companyDomain && (
        <p>
          <a href={`https://${companyDomain}`} target="_blank" rel="noopener noreferrer">
            {companyDomain} <ExternalLink size={12} aria-hidden="true" />
            <span class="sr-only">(opens a new tab)</span>
          </a>
        </p>
      )}
      {(contactName || contactEmail) && (
        <p>
          {contactName} {contactEmail && <a href={`mailto:${contactEmail}`}>{contactEmail}</a>}
        </p>
      )}
      <p class="summary-marks">
        <SubmissionBadge {...submission} />
        <span class="muted">
          <time dateTime={submittedAt}>{formatMoment(submittedAt)}</time> through{' '}
          <a href={formPath(formId)}>{formName}</a>, version {formVersion}
        </span>
      </p>
    </div>
  )
}

interface NoticesProps {
  submission: Submission
  refusal: string | undefined
  review: Review
}

/** What one should know before one decides. */
export function Notices({ submission, refusal, review }: NoticesProps) {
  return (
    <>
      {review.overtaken && (
        <Notice tone="amber" role="alert">
          {review.overtaken} in the meantime, so nothing was changed. What you see is how it stands now.
        </Notice>
      )}
      {submission.suspected && <Suspected submission={submission} refusal={refusal} review={review} />}
      {!submission.suspected && submission.suspicions.includes('unverified') && (
        <Notice tone="amber">{SUSPICION_LABELS.unverified}.</Notice>
      )}
    </>
  )
}

function Suspected({ submission, refusal, review }: NoticesProps) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const free = async () => {
    setBusy(true)
    setFailure('')
    try {
      await review.change({ suspected: false })
    } catch (error) {
      setFailure(explain(error).message)
      setBusy(false)
    }
  }
  const { suspicions, keptUntil } = submission
  return (
    <Notice tone="amber">
      <strong>This looks like spam, so nobody was told.</strong>
      <ul>
        {suspicions.map((each) => (
          <li key={each}>{SUSPICION_LABELS[each]}.</li>
        ))}
      </ul>
      {keptUntil && <p>It is deleted on {formatDay(keptUntil)}.</p>}
      <Button unavailable={refusal} busy={busy} onClick={() => void free()}>
        Not spam
      </Button>
      {failure && (
        <p class="error" role="alert">
          {failure}
        </p>
      )}
    </Notice>
  )
}

/** The partner of the same domain, and other applications from it. */
export function Others({ submission }: { submission: Submission }) {
  const { existingPartner, partnerId, related, companyDomain } = submission
  if (!existingPartner && related.length === 0) return null
  return (
    <section>
      <h3>{companyDomain ? `Known from ${companyDomain}` : 'Known already'}</h3>
      <ul class="submission-others">
        {existingPartner && (
          <li>
            <a href={`/partners/${existingPartner.id}`}>{existingPartner.name}</a>{' '}
            <span class="muted">
              {partnerId === existingPartner.id ? 'Partner, added from this submission' : 'Partner already'}
            </span>
          </li>
        )}
        {related.map(({ id, formId, formName, companyName, state, submittedAt }) => (
          <li key={id}>
            <a href={`${formPath(formId)}/submissions/${id}`}>{companyName ?? 'Another application'}</a>{' '}
            <SubmissionBadge state={state} suspected={false} />{' '}
            <span class="muted">
              {formatDay(submittedAt)} through {formName}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
