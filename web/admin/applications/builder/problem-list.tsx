import { ChevronDown, CircleCheck, TriangleAlert } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formatCount } from '#web/format.ts'
import type { BuilderState } from './use-builder.ts'

/** How many are shown before one asks for all. */
const SHOWN = 3

/** What keeps the form from being published, as it is now; each leads to its field. */
export function ProblemList({ builder: { problems, form, goTo } }: { builder: BuilderState }) {
  const [all, setAll] = useState(false)
  if (problems.length === 0)
    return form.state === 'draft' ? (
      <p class="problems-none">
        <CircleCheck size={14} aria-hidden="true" />
        Ready to be published
      </p>
    ) : null
  const shown = all ? problems : problems.slice(0, SHOWN)
  return (
    <section class="problems" aria-label="Problems">
      <h2>
        <TriangleAlert size={14} aria-hidden="true" />
        {problems.length === 1
          ? 'One problem keeps this form from being published'
          : `${formatCount(problems.length)} problems keep this form from being published`}
      </h2>
      <ul>
        {shown.map(({ place, detail }) => (
          <li key={`${place} ${detail}`}>
            <button type="button" class="link" onClick={() => goTo(place)}>
              {detail}
            </button>
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && (
        <button type="button" class="link more" aria-expanded={all} onClick={() => setAll(!all)}>
          <ChevronDown size={13} aria-hidden="true" />
          {all ? 'Show fewer' : `Show all ${formatCount(problems.length)}`}
        </button>
      )}
    </section>
  )
}
