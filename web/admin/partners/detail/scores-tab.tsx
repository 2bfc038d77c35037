import { useLocation } from 'preact-iso'
import { useScores } from '#web/admin/partners/directory.ts'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { SCORE_LABELS, type ScoreKind } from '#web/admin/partners/score.tsx'
import { Unreachable } from '#web/admin/partners/unreachable.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { Ledger } from './ledger.tsx'

const KINDS = (['fit', 'health'] as const).map((value) => ({ value, label: SCORE_LABELS[value] }))

/** How the scores are made up. */
export function ScoresTab({ id }: { id: string }) {
  const { query, route } = useLocation()
  const { data: scores, error, refetch } = useScores(id)
  const kind: ScoreKind = query.score === 'health' ? 'health' : 'fit'
  const go = (score: ScoreKind) => route(partnerPath(location.search, id, { tab: 'scores', score }), true)
  return (
    <Tabs label="Scores" tabs={KINDS} value={kind} onChange={go}>
      {scores && <Ledger kind={kind} score={scores[kind]} />}
      {!scores && !error && <Skeleton width={40} />}
      {!scores && error && <Unreachable error={error} onRetry={() => void refetch()} />}
    </Tabs>
  )
}
