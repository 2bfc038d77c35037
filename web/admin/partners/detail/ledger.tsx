import { Lightbulb, RefreshCw } from 'lucide-preact'
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
import { Button } from '#web/ui/button.tsx'
import type { Score } from '#worker/scoring/schema.ts'
import { BAND_LABELS, bandOf, CONFIDENCE_ENOUGH, CONFIDENCE_FIRM } from '#worker/scoring/terms.ts'
import { counted, KnownFactors, PERCENT, POINTS, UnknownFactors } from './factor-lists.tsx'
import { hintsOf } from './hints.ts'
import { Sparkline } from './sparkline.tsx'
import './ledger.css'

const MEANINGS: Record<ScoreKind, string> = {
  fit: 'Is this the right company for you?',
  health: 'Is the relationship working?',
}

interface Props {
  kind: ScoreKind
  score: Score
  /** Why this person may not ask for a new score. */
  refusal: string | undefined
  onRefresh: () => void
}

/** A score, point by point: what was known, where from, and what was not. */
export function Ledger({ kind, score, refusal, onRefresh }: Props) {
  const known = score.ledger.filter(counted)
  const unknown = score.ledger.filter((factor) => !counted(factor))
  return (
    <div class="ledger">
      <header>
        <Headline kind={kind} score={score} refusal={refusal} onRefresh={onRefresh} />
        <p class="muted">{explanation(kind, score)}</p>
        <Change change={score.change} />
        <Sparkline name={SCORE_LABELS[kind]} history={score.history} />
        <Confidence score={score} />
        {score.computedAt && (
          <p class="muted number">
            Computed {formatMoment(score.computedAt)}
            {score.ruleVersion && ` by rules ${score.ruleVersion}`}
          </p>
        )}
      </header>
      <Hints ledger={score.ledger} />
      {known.length > 0 && (
        <section aria-labelledby="known">
          <h3 id="known">
            What counted <span class="number muted">{known.length}</span>
          </h3>
          <KnownFactors factors={known} total={score.value} />
        </section>
      )}
      {unknown.length > 0 && (
        <section aria-labelledby="unknown">
          <h3 id="unknown">
            What did not count <span class="number muted">{unknown.length}</span>
          </h3>
          <p class="muted">Left out of the sum, never counted as zero.</p>
          <UnknownFactors factors={unknown} />
        </section>
      )}
    </div>
  )
}

function Headline({ kind, score, refusal, onRefresh }: Props) {
  const { value, refreshing, state } = score
  // The change has a sentence of its own below.
  const shown = { ...score, change: null }
  return (
    <div class="headline">
      <p class="sr-only" role="status">
        {SCORE_LABELS[kind]}: {scoreInWords(shown)}
        {refreshing && ', being refreshed'}
      </p>
      <div class="headline-score" aria-hidden="true">
        <span class="score" {...scoreMarks(shown)}>
          <ScoreFace score={shown} />
        </span>
        {value !== null && <span>{BAND_LABELS[bandOf(value)]}</span>}
        {value !== null && isPreliminary(score) && <Badge>Preliminary</Badge>}
      </div>
      <Button busy={refreshing || state === 'pending'} unavailable={refusal} onClick={onRefresh}>
        {!refreshing && state !== 'pending' && <RefreshCw size={14} aria-hidden="true" />}
        {refreshing ? 'Refreshing…' : 'Refresh'}
      </Button>
    </div>
  )
}

function explanation(kind: ScoreKind, { state, ledger }: Score): string {
  if (state === 'pending') return 'The first result is on its way, usually within seconds.'
  if (state === 'failed') {
    const words = 'The analysis did not succeed. It is tried again by itself, or now with Refresh.'
    return ledger.length > 0 ? `${words} What stands below is of the last time that it did.` : words
  }
  // Nothing was even looked at.
  if (state === 'insufficient' && ledger.length === 0) return 'An offboarded partner has none.'
  if (state === 'insufficient') return 'Too little is known for a number that would mean anything.'
  return MEANINGS[kind]
}

const STEP = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })

/** How the score went, and what moved it most. */
function Change({ change }: Pick<Score, 'change'>) {
  if (!change) return null
  const { days, points, driver } = change
  if (points === 0) return <p>No change in {days} days.</p>
  return (
    <p>
      {points > 0 ? 'Up' : 'Down'} <strong class="number">{Math.abs(points)}</strong> in {days} days
      {driver && (
        <>
          , moved most by {driver.label} <span class="number muted">({STEP.format(driver.points)})</span>
        </>
      )}
      .
    </p>
  )
}

function Confidence({ score: { confidence, value, ledger } }: { score: Score }) {
  if (confidence === null || ledger.length === 0) return null
  return (
    <div class="confidence">
      <Bar share={confidence} />
      <span>
        <span class="number">{PERCENT.format(confidence)}</span> of what counts is known.{' '}
        {value === null && confidence < CONFIDENCE_ENOUGH && (
          <span class="muted">A number is shown from {PERCENT.format(CONFIDENCE_ENOUGH)} on.</span>
        )}
        {value !== null && confidence < CONFIDENCE_FIRM && (
          <span class="muted">
            Under {PERCENT.format(CONFIDENCE_FIRM)} the number is preliminary: it can still move a lot.
          </span>
        )}
      </span>
    </div>
  )
}

/** What would raise the score most. */
function Hints({ ledger }: Pick<Score, 'ledger'>) {
  const hints = hintsOf(ledger)
  if (hints.length === 0) return null
  return (
    <section aria-labelledby="hints">
      <h3 id="hints">What would raise it most</h3>
      <ul class="hints">
        {hints.map(({ text, gain, isWish }) => (
          <li key={text}>
            <span class="gain number">
              {gain === null ? <Lightbulb size={14} aria-hidden="true" /> : `+${POINTS.format(gain)}`}
            </span>
            <span>{isWish ? <a href="/settings/scoring">{text}</a> : text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
