export const SUBMISSION_STATES = ['new', 'approved', 'rejected'] as const
export type SubmissionState = (typeof SUBMISSION_STATES)[number]
export const SUBMISSION_STATE_LABELS: Record<SubmissionState, string> = {
  new: 'New',
  approved: 'Approved',
  rejected: 'Rejected',
}

/** Why a submission was rejected. */
export const REJECTION_REASONS = [
  'not-a-fit',
  'incomplete',
  'out-of-region',
  'competitor',
  'duplicate',
  'capacity',
  'other',
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]
export const REJECTION_REASON_LABELS: Record<RejectionReason, string> = {
  'not-a-fit': 'Not a fit',
  incomplete: 'Incomplete',
  'out-of-region': 'Out of region',
  competitor: 'Competitor',
  duplicate: 'Duplicate',
  capacity: 'No capacity',
  other: 'Another reason',
}

/** Why a submission is held apart, as `submissions.suspicions` lists them. */
export const SUSPICIONS = ['trap', 'too-fast', 'old-token', 'unverified', 'refused'] as const
export type Suspicion = (typeof SUSPICIONS)[number]
export const SUSPICION_LABELS: Record<Suspicion, string> = {
  trap: 'A field was filled in that people do not see',
  'too-fast': 'It was sent within seconds of opening the form',
  'old-token': 'The form had been open for more than two days',
  unverified: 'Whether a person sent it could not be checked',
  refused: 'The check for people said no',
}
/**
 * Whether this keeps a submission apart. Where the check itself was down, it only marks: an outage of somebody else's must
 * not silence the alerts.
 */
export const holdsApart = (suspicion: Suspicion) => suspicion !== 'unverified'
/** Days that a suspected submission is kept. */
export const SUSPECTED_DAYS = 30

export const EVENT_KINDS = ['note', 'state', 'not-suspected', 'partner', 'resent'] as const
export type EventKind = (typeof EVENT_KINDS)[number]
