import { ExternalLink, MessageSquarePlus, Pencil, Target } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { editPath, planPath } from '#web/admin/partners/drawer-path.ts'
import { StatusCell, TierCell } from '#web/admin/partners/table/cells.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { STAGE_LABELS } from '#worker/partners/terms.ts'
import { LogActivityDialog } from './log-activity-dialog.tsx'

interface Props {
  id: string
  partner: PartnerRow | undefined
  refusal: string | undefined
}

/** What one wants to know of a partner at a glance, and what one does with it. */
export function Summary({ id, partner, refusal }: Props) {
  if (!partner) return <Skeleton width={60} />
  return (
    <div class="summary">
      <p>
        <a href={`https://${partner.domain}`} target="_blank" rel="noopener noreferrer">
          {partner.domain} <ExternalLink size={12} aria-hidden="true" />
          <span class="sr-only">(opens a new tab)</span>
        </a>
      </p>
      <p class="summary-marks">
        <StatusCell {...partner} />
        {partner.stage !== partner.status && <Badge>{STAGE_LABELS[partner.stage]}</Badge>}
        <TierCell {...partner} />
        <span class="muted">
          {partner.manager ? `Managed by ${partner.manager.name}` : 'No partner manager'}
        </span>
      </p>
      <Actions id={id} refusal={refusal} />
    </div>
  )
}

function Actions({ id, refusal }: { id: string; refusal: string | undefined }) {
  const { route } = useLocation()
  const [logging, setLogging] = useState(false)
  return (
    <div class="summary-actions">
      <Button unavailable={refusal} onClick={() => route(editPath(location.search, id))}>
        <Pencil size={14} aria-hidden="true" />
        Edit
        <Kbd keys="E" />
      </Button>
      <Button unavailable={refusal} onClick={() => setLogging(true)}>
        <MessageSquarePlus size={14} aria-hidden="true" />
        Log activity
      </Button>
      <a class="button" href={planPath(location.search, id)}>
        <Target size={14} aria-hidden="true" />
        Open joint plan
      </a>
      {logging && <LogActivityDialog id={id} onClose={() => setLogging(false)} />}
    </div>
  )
}
