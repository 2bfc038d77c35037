import { Badge } from '#web/ui/badge.tsx'
import { FORM_STATE_LABELS, type FormState } from '#worker/applications/terms.ts'

const TONES = { draft: 'grey', published: 'green', closed: 'amber' } as const

export const StateBadge = ({ state }: { state: FormState }) => (
  <Badge tone={TONES[state]}>{FORM_STATE_LABELS[state]}</Badge>
)
