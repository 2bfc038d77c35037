import { useQueryClient } from '@tanstack/preact-query'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useScores } from '#web/admin/partners/directory.ts'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { SCORE_LABELS, type ScoreKind } from '#web/admin/partners/score.tsx'
import { Unreachable } from '#web/admin/partners/unreachable.tsx'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { api } from '#web/api.ts'
import { done } from '#web/problem.ts'
import { Skeleton } from '#web/ui/states.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Scores } from '#worker/scoring/schema.ts'
import { Ledger } from './ledger.tsx'
import { PublicSignals } from './public-signals.tsx'

const KINDS = [
  ...(['fit', 'health'] as const).map((value) => ({ value, label: SCORE_LABELS[value] })),
  { value: 'signals' as const, label: 'Public signals' },
]
type Part = (typeof KINDS)[number]['value']

interface Props {
  id: string
  /** Why this person may not change partners. */
  refusal: string | undefined
}

/** How the scores are made up, and what is publicly known that they are made of. */
export function ScoresTab({ id, refusal }: Props) {
  const { query, route } = useLocation()
  const kind = KINDS.find(({ value }) => value === query.score)?.value ?? 'fit'
  const go = (score: Part) => route(partnerPath(location.search, id, { tab: 'scores', score }), true)
  return (
    <Tabs label="Scores" tabs={KINDS} value={kind} onChange={go}>
      {kind === 'signals' && <PublicSignals id={id} />}
      {kind !== 'signals' && <ScorePart id={id} kind={kind} refusal={refusal} />}
    </Tabs>
  )
}

function ScorePart({ id, kind, refusal }: Props & { kind: ScoreKind }) {
  const { data: scores, error, refetch } = useScores(id)
  const refresh = useRefresh(id, scores)
  if (scores)
    return <Ledger kind={kind} score={scores[kind]} refusal={refusal} onRefresh={() => void refresh()} />
  return error ? <Unreachable error={error} onRetry={() => void refetch()} /> : <Skeleton width={40} />
}

/** Asks for both scores anew; once they have come, all that shows the partner shows them. */
function useRefresh(id: string, scores: Scores | undefined) {
  const client = useQueryClient()
  const { readNow, explain } = usePartnerChanges(id)
  const refreshing = scores !== undefined && (scores.fit.refreshing || scores.health.refreshing)
  const was = useRef(false)
  const ended = was.current && !refreshing
  was.current = refreshing
  useEffect(() => {
    if (ended) readNow().catch(() => undefined)
  }, [ended])
  return async () => {
    const key = ['partners', id, 'scores']
    try {
      await done(api.partners[':id'].scores.refresh.$post({ param: { id } }))
      client.setQueryData<Scores>(key, (now) => now && waiting(now))
    } catch (error) {
      toast({ text: explain(error).message })
    }
    await client.invalidateQueries({ queryKey: key })
  }
}

const waiting = ({ fit, health }: Scores): Scores => ({
  fit: { ...fit, refreshing: true },
  health: { ...health, refreshing: true },
})
