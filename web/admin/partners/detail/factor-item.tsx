import { Lightbulb } from 'lucide-preact'
import { formatDay, formatMoment } from '#web/format.ts'
import { Bar } from '#web/ui/bar.tsx'
import type { Factor } from '#worker/scoring/schema.ts'
import { isWebAddress } from './web-address.ts'

const SOURCES: Record<Factor['evidence'][number]['source'], string> = {
  profile: 'Profile',
  signal: 'Public signal',
  plan: 'Joint plan',
  portal: 'Portal',
}

const POINTS = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

export function FactorItem({ factor: { label, weight, value, points, evidence, hint } }: { factor: Factor }) {
  return (
    <li class="factor">
      <div class="factor-head">
        <span class="factor-label">{label}</span>
        {value === null ? (
          <span class="muted">unknown</span>
        ) : (
          <span class="number">
            <strong>+{POINTS.format(points)}</strong> points
          </span>
        )}
      </div>
      <div class="factor-sum number muted">
        {value !== null && <Bar share={value} />}
        {value !== null && <span>{Math.round(value * 100)} %</span>}
        <span>weight {POINTS.format(weight)}</span>
      </div>
      {evidence.map(({ source, detail, url, at }) => (
        <p key={`${source} ${detail}`} class="factor-evidence">
          {detail}{' '}
          <span class="muted">
            · {isWebAddress(url) ? <a href={url}>{SOURCES[source]}</a> : SOURCES[source]} ·{' '}
          </span>
          <time class="muted number" dateTime={at} title={formatMoment(at)}>
            {formatDay(at)}
          </time>
        </p>
      ))}
      {hint && (
        <p class="factor-hint">
          <Lightbulb size={13} aria-hidden="true" />
          <span>{hint}</span>
        </p>
      )}
    </li>
  )
}
