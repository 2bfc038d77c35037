import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import {
  SCORE_LABELS,
  ScoreFace,
  type ScoreKind,
  scoreInWords,
  scoreMarks,
  scoreOf,
} from '#web/admin/partners/score.tsx'
import type { PartnerRow } from '#worker/partners/schema.ts'

interface Props {
  row: PartnerRow
  kind: ScoreKind
  /** What the address says of the table. */
  search: string
}

/** A score that opens its ledger. */
export function ScoreCell({ row, kind, search }: Props) {
  const score = scoreOf(row, kind)
  const words = `${SCORE_LABELS[kind]} of ${row.name}: ${scoreInWords(score)}`
  return (
    <a
      class="score"
      {...scoreMarks(score)}
      href={partnerPath(search, row.id, { score: kind })}
      aria-label={words}
      aria-busy={score.state === 'pending' ? 'true' : undefined}
      data-tip={`${words}. Open to see why`}
    >
      <ScoreFace score={score} />
    </a>
  )
}
