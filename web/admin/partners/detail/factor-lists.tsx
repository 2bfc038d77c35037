import { Bar } from '#web/ui/bar.tsx'
import type { Factor, UnknownBecause } from '#worker/scoring/schema.ts'
import { Evidence } from './evidence.tsx'

export const POINTS = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
/** What is added up stands with its decimal under the others; what adds nothing has no sign. */
const ADDED = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})
export const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent' })

interface KnownProps {
  factors: readonly Factor[]
  /** What the points come to. */
  total: number | null
}

/** What counted: each factor with its weight, what was found, and what that gave. */
export function KnownFactors({ factors, total }: KnownProps) {
  return (
    <table class="factors" aria-label="What counted">
      <thead>
        <tr>
          <th scope="col">Factor</th>
          <th scope="col">Weight</th>
          <th scope="col">Value</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        {factors.map(({ factor, label, weight, value, points, evidence }) => (
          <tr key={factor}>
            <th scope="row">
              {label}
              <Evidence evidence={evidence} />
            </th>
            <td class="number">{POINTS.format(weight)}</td>
            <td class="number">
              <Bar share={value ?? 0} />
              <span>{PERCENT.format(value ?? 0)}</span>
            </td>
            <td class="number">
              <strong>{ADDED.format(points)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
      {total !== null && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Score
            </th>
            <td class="number">
              <strong>{total}</strong>
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}

type Reason = UnknownBecause | 'left-out'

/** Why a factor did not count; the order is the order of display. */
const REASONS: Record<Reason, { title: string; words: string }> = {
  'not-filled': { title: 'Not filled in', words: 'The profile does not say, or not of late.' },
  'not-checked': { title: 'Not checked yet', words: 'Nobody has looked at the company’s domain yet.' },
  'could-not-check': {
    title: 'Could not be checked',
    words: 'The source did not answer. That lowers the confidence, not the score, and is tried again.',
  },
  'no-plan': { title: 'No plan yet', words: 'There is no joint plan to read it from.' },
  'not-asked': { title: 'Not asked for', words: 'Your ideal partner leaves this open.' },
  'does-not-apply': { title: 'Does not apply', words: 'Not to this partner now.' },
  'left-out': { title: 'Left out', words: 'Your organisation gives this no weight.' },
}

const reasonOf = ({ weight, unknown }: Factor): Reason =>
  weight === 0 ? 'left-out' : (unknown ?? 'not-filled')

/** What did not count, by the reason. */
export function UnknownFactors({ factors }: { factors: readonly Factor[] }) {
  const byReason = Map.groupBy(factors, reasonOf)
  const reasons = Object.entries(REASONS).flatMap(([reason, words]) => {
    const found = [...byReason].find(([one]) => one === reason)?.[1]
    return found ? [{ ...words, found }] : []
  })
  return (
    <dl class="unknowns">
      {reasons.map(({ title, words, found }) => (
        <div key={title}>
          <dt>
            {title} <span class="muted">{words}</span>
          </dt>
          {found.map(({ factor, label, weight, evidence }) => (
            <dd key={factor}>
              {label} <span class="muted number">weight {POINTS.format(weight)}</span>
              <Evidence evidence={evidence} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

/** Whether a factor is part of the sum. */
export const counted = ({ value, weight, asked }: Factor) => value !== null && weight > 0 && asked
