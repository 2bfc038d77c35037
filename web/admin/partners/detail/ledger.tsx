import {
  isPreliminary,
  SCORE_LABELS,
  ScoreFace,
  type ScoreKind,
  scoreInWords,
  scoreMarks,
} from '#web/admin/partners/score.tsx'
import { formatMoment } from '#web/format.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Bar } from '#web/ui/bar.tsx'
import { Notice } from '#web/ui/notice.tsx'
import type { Score } from '#worker/scoring/schema.ts'
import { BAND_LABELS, bandOf } from '#worker/scoring/terms.ts'
import { FactorItem } from './factor-item.tsx'
import './ledger.css'

const MEANINGS: Record<ScoreKind, string> = {
  fit: 'Is this the right company for you?',
  health: 'Is the relationship working?',
}

/** Of what would raise the score, what would raise it most; a wish that nobody has made yet comes before all. */
function bestHint(ledger: Score['ledger']) {
  const gain = ({ asked, weight, value }: Score['ledger'][number]) =>
    asked ? weight * (1 - (value ?? 0)) : Infinity
  return ledger.filter(({ hint }) => hint).toSorted((a, b) => gain(b) - gain(a))[0]?.hint
}

/** A score, point by point: what was known, where from, and what was not. */
export function Ledger({ kind, score }: { kind: ScoreKind; score: Score }) {
  const known = score.ledger.filter(({ value }) => value !== null)
  const unknown = score.ledger.filter(({ value }) => value === null)
  const hint = bestHint(score.ledger)
  return (
    <div class="ledger">
      <Headline kind={kind} score={score} />
      {hint && <Notice>{hint}</Notice>}
      {known.length > 0 && (
        <section aria-labelledby="known">
          <h3 id="known">
            What counted <span class="number muted">{known.length}</span>
          </h3>
          <ul>
            {known.map((factor) => (
              <FactorItem key={factor.factor} factor={factor} />
            ))}
          </ul>
        </section>
      )}
      {unknown.length > 0 && (
        <section aria-labelledby="unknown">
          <h3 id="unknown">
            Not known <span class="number muted">{unknown.length}</span>
          </h3>
          <p class="muted">Left out of the sum, never counted as zero.</p>
          <ul>
            {unknown.map((factor) => (
              <FactorItem key={factor.factor} factor={factor} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function Headline({ kind, score }: { kind: ScoreKind; score: Score }) {
  const { value, confidence, computedAt, ruleVersion } = score
  const percent = confidence === null ? null : Math.round(confidence * 100)
  return (
    <header>
      <p class="sr-only" role="status">
        {SCORE_LABELS[kind]}: {scoreInWords(score)}
      </p>
      <div class="headline" aria-hidden="true">
        <span class="score" {...scoreMarks(score)}>
          <ScoreFace score={score} />
        </span>
        {value !== null && <span>{BAND_LABELS[bandOf(value)]}</span>}
        {value !== null && isPreliminary(score) && <Badge>Preliminary</Badge>}
        {score.refreshing && <Badge tone="blue">Refreshing…</Badge>}
      </div>
      <p class="muted">{explanation(kind, score)}</p>
      {percent !== null && (
        <div class="confidence">
          <Bar share={percent / 100} />
          <span class="number">{percent} % of what counts is known</span>
        </div>
      )}
      {computedAt && (
        <p class="muted number">
          {formatMoment(computedAt)}
          {ruleVersion && ` · rules ${ruleVersion}`}
        </p>
      )}
    </header>
  )
}

function explanation(kind: ScoreKind, { state }: Score): string {
  if (state === 'pending') return 'The first result is on its way, usually within seconds.'
  if (state === 'failed') return 'The analysis did not succeed. It is tried again by itself.'
  if (state === 'insufficient') return 'Too little is known for a number that would mean anything.'
  return MEANINGS[kind]
}
