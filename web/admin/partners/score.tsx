import type { PartnerRow } from '#worker/partners/schema.ts'
import type { ScoreState } from '#worker/partners/terms.ts'
import { BAND_LABELS, type Band, bandOf, CONFIDENCE_FIRM } from '#worker/scoring/terms.ts'
import './score.css'

export const SCORE_LABELS = { fit: 'Fit', health: 'Health' }
export type ScoreKind = keyof typeof SCORE_LABELS

export interface ScoreValue {
  state: ScoreState
  value: number | null
  confidence: number | null
  /** Against 30 days ago; null while there was no score then. */
  change: number | null
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

export const isPreliminary = ({ confidence }: Pick<ScoreValue, 'confidence'>) =>
  confidence !== null && confidence < CONFIDENCE_FIRM

/** A score in words: what the drawing of it says to those who do not see it. */
export function scoreInWords(score: ScoreValue): string {
  if (score.state === 'pending') return 'analysing'
  if (score.state === 'failed') return 'could not be analysed'
  if (score.value === null) return 'not enough data'
  const band = BAND_LABELS[bandOf(score.value)].toLowerCase()
  const { change } = score
  const trend = change ? `, ${change > 0 ? 'up' : 'down'} ${Math.abs(change)} in 30 days` : ''
  return `${score.value}, ${band}${isPreliminary(score) ? ', preliminary' : ''}${trend}`
}

/** The drawing itself. The band shows as one, two or three bars as well as by colour. */
export function ScoreFace({ score }: { score: ScoreValue }) {
  if (score.state === 'pending')
    return (
      <>
        <span class="pulse" />
        Analysing…
      </>
    )
  if (score.state === 'failed') return <>Not analysed</>
  if (score.value === null) return <>Not enough data</>
  return (
    <>
      <Bars band={bandOf(score.value)} />
      <span class="value">{score.value}</span>
      {score.change ? <Step by={score.change} /> : null}
    </>
  )
}

/** How far a score went: the arrow says up or down as well as the colour. */
export const Step = ({ by }: { by: number }) => (
  <span class="step" data-down={by < 0 || undefined}>
    {by < 0 ? '↓' : '↑'}
    {Math.abs(by)}
  </span>
)

/** What the style of a score hangs on. */
export const scoreMarks = (score: ScoreValue) => ({
  'data-state': score.state,
  'data-band': score.value === null ? undefined : bandOf(score.value),
  'data-preliminary': score.value !== null && isPreliminary(score) ? '' : undefined,
})

const FILLED: Record<Band, number> = { low: 1, medium: 2, high: 3 }

function Bars({ band }: { band: Band }) {
  return (
    <svg class="bars" width="13" height="12" viewBox="0 0 13 12" aria-hidden="true">
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={bar * 5}
          y={8 - bar * 4}
          width="3"
          height={4 + bar * 4}
          rx="1"
          fill="currentColor"
          opacity={bar < FILLED[band] ? 1 : 0.22}
        />
      ))}
    </svg>
  )
}
