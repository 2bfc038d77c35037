import { formatDay } from '#web/format.ts'
import type { Score } from '#worker/scoring/schema.ts'
import { historyInWords, pointsOf } from './score-history.ts'

const [WIDTH, HEIGHT] = [320, 40]

/** How a score went, drawn, and in words for those who do not see it. */
export function Sparkline({ name, history }: { name: string; history: Score['history'] }) {
  const points = pointsOf(history, WIDTH, HEIGHT)
  const [first, last] = [history[0], history.at(-1)]
  const end = points.at(-1)
  if (!(first && last && end)) return null
  const line = points.map((point) => point.join(',')).join(' ')
  return (
    <figure class="sparkline">
      <svg
        viewBox={`-4 -5 ${WIDTH + 8} ${HEIGHT + 10}`}
        role="img"
        aria-label={historyInWords(name, history)}
      >
        <polygon points={`0,${HEIGHT + 5} ${line} ${WIDTH},${HEIGHT + 5}`} />
        <polyline points={line} />
        <circle cx={end[0]} cy={end[1]} r="3" />
      </svg>
      <figcaption class="muted number" aria-hidden="true">
        <span>
          {first.value} · {formatDay(first.at)}
        </span>
        <span>
          {last.value} · {formatDay(last.at)}
        </span>
      </figcaption>
    </figure>
  )
}
