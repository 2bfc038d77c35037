import { ExternalLink } from 'lucide-preact'
import { useLocation } from 'preact-iso'
import { ApiProblem, explain, isNetworkLoss } from '#web/problem.ts'
import { Modal } from '#web/ui/modal.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'
import { REGION_LABELS, STAGE_LABELS, TYPE_LABELS } from '#worker/partners/terms.ts'
import { StatusCell, TierCell } from './cells.tsx'
import { usePartner, useScores } from './directory.ts'
import { Ledger } from './ledger.tsx'
import { SCORE_LABELS, type ScoreKind } from './score.tsx'
import './partner-drawer.css'

interface Props {
  id: string
  /** What the table knows already, to begin with. */
  row: PartnerRow | undefined
  onClose: () => void
}

/** One partner and how its scores are made up, at `/partners/{id}`. */
export function PartnerDrawer({ id, row, onClose }: Props) {
  const { data, error, refetch } = usePartner(id)
  const partner = data ?? row
  const title = partner?.name ?? 'Partner'
  useTitle(title)
  return (
    <Modal kind="drawer" title={title} onClose={onClose}>
      {error && !partner ? (
        <Unreachable error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <Summary partner={partner} />
          <ScoreTabs id={id} />
        </>
      )}
    </Modal>
  )
}

function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 422))
    return (
      <ErrorState title="This partner is not here" message="It was deleted, or the address is mistyped." />
    )
  return (
    <ErrorState
      title="This partner could not be loaded"
      message={explain(error).message}
      offline={isNetworkLoss(error)}
      onRetry={onRetry}
    />
  )
}

function Summary({ partner }: { partner: PartnerRow | undefined }) {
  if (!partner) return <Skeleton width={60} />
  return (
    <div class="summary">
      <a href={`https://${partner.domain}`} target="_blank" rel="noopener noreferrer">
        {partner.domain} <ExternalLink size={12} aria-hidden="true" />
        <span class="sr-only">(opens a new tab)</span>
      </a>
      <p>
        {TYPE_LABELS[partner.type]} · {REGION_LABELS[partner.region]} · {STAGE_LABELS[partner.stage]}
      </p>
      <p class="summary-marks">
        <StatusCell {...partner} />
        <TierCell {...partner} />
      </p>
    </div>
  )
}

const TABS = (['fit', 'health'] as const).map((value) => ({ value, label: SCORE_LABELS[value] }))

function ScoreTabs({ id }: { id: string }) {
  const { query, route } = useLocation()
  const { data: scores, error, refetch } = useScores(id)
  const kind: ScoreKind = query.score === 'health' ? 'health' : 'fit'
  return (
    <Tabs
      label="Scores"
      tabs={TABS}
      value={kind}
      onChange={(value) => route(`/partners/${id}?score=${value}`, true)}
    >
      {scores && <Ledger kind={kind} score={scores[kind]} />}
      {!scores && !error && <Skeleton width={40} />}
      {!scores && error && <Unreachable error={error} onRetry={() => void refetch()} />}
    </Tabs>
  )
}
