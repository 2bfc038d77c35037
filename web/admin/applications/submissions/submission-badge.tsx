import { Badge } from '#web/ui/badge.tsx'
import type { SubmissionRow } from '#worker/submissions/schema.ts'
import { SUBMISSION_STATE_LABELS } from '#worker/submissions/terms.ts'

const TONES = { new: 'blue', approved: 'green', rejected: 'grey' } as const

export const SubmissionBadge = ({ state, suspected }: Pick<SubmissionRow, 'state' | 'suspected'>) =>
  suspected ? (
    <Badge tone="amber">Suspected spam</Badge>
  ) : (
    <Badge tone={TONES[state]}>{SUBMISSION_STATE_LABELS[state]}</Badge>
  )
