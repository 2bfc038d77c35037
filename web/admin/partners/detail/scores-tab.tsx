import { useLocation } from 'preact-iso'
import { useScores } from '#web/admin/partners/directory.ts'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { SCORE_LABELS, type ScoreKind } from '#web/admin/partners/score.tsx'
import { Unreachable } from '#web/admin/partners/unreachable.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { Ledger } from './ledger.tsx'
import { PublicSignals } from './public-signals.tsx'

const KINDS = [
  ...(['fit', 'health'] as const).map((value) => ({ value, label: SCORE_LABELS[value] })),
  { value: 'signals' as const, label: 'Public signals' },
]
type Part = (typeof KINDS)[number]['value']

/** How the scores are made up, and what is publicly known that they are made of. */
export function ScoresTab({ id }: { id: string }) {
  const { query, route } = useLocation()
  const kind = KINDS.find(({ value }) => value === query.score)?.value ?? 'fit'
  const go = (score: Part) => route(partnerPath(location.search, id, { tab: 'scores', score }), true)
  return (
    <Tabs label="Scores" tabs={KINDS} value={kind} onChange={go}>
      {kind === 'signals' && <PublicSignals id={id} />}
      {kind !== 'signals' && <ScorePart id={id} kind={kind} />}
    </Tabs>
  )
}

function ScorePart({ id, kind }: { id: string; kind: ScoreKind }) {
  const { data: scores, error, refetch } = useScores(id)
  if (scores) return <Ledger kind={kind} score={scores[kind]} />
  return error ? <Unreachable error={error} onRetry={() => void refetch()} /> : <Skeleton width={40} />
}
