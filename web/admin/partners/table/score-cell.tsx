import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import {
  SCORE_LABELS,
  ScoreFace,
  type ScoreKind,
  type ScoreValue,
  scoreInWords,
  scoreMarks,
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
      title={isNumber(score) ? 'How this score is made up' : undefined}
    >
      <ScoreFace score={score} />
    </a>
  )
}

export const scoreOf = (row: PartnerRow, kind: ScoreKind): ScoreValue =>
  kind === 'fit'
    ? { state: row.fitState, value: row.fit, confidence: row.fitConfidence, change: row.fitChange }
    : {
        state: row.healthState,
        value: row.health,
        confidence: row.healthConfidence,
        change: row.healthChange,
      }

const isNumber = ({ value }: ScoreValue) => value !== null
