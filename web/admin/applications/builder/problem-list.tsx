import { ChevronDown, CircleCheck, TriangleAlert } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formatCount } from '#web/format.ts'
import type { BuilderState, Problem } from './use-builder.ts'

/** How many are shown before one asks for all. */
const SHOWN = 3

/** What keeps the form from being published, as it is now, or else what it would be better with; each leads to its field. */
export function ProblemList({ builder: { problems, advice, form, goTo } }: { builder: BuilderState }) {
  if (problems.length > 0)
    return (
      <section class="problems" aria-label="Problems">
        <h2>
          <TriangleAlert size={14} aria-hidden="true" />
          {form.state === 'published' ? unsavable(problems.length) : unpublishable(problems.length)}
        </h2>
        <Places places={problems} goTo={goTo} />
      </section>
    )
  if (form.state !== 'draft' && advice.length === 0) return null
  return (
    <section class="problems" data-tone="calm" aria-label="Advice">
      <h2>
        <CircleCheck size={14} aria-hidden="true" />
        {form.state === 'draft' ? 'Ready to be published' : 'Worth another look'}
      </h2>
      <Places places={advice} goTo={goTo} />
    </section>
  )
}

const unpublishable = (count: number) =>
  count === 1
    ? 'One problem keeps this form from being published'
    : `${formatCount(count)} problems keep this form from being published`

/** What is published is complete, so what is not cannot be saved. */
const unsavable = (count: number) =>
  count === 1
    ? 'One problem keeps this published form from being saved'
    : `${formatCount(count)} problems keep this published form from being saved`

function Places({ places, goTo }: { places: readonly Problem[]; goTo: (place: string) => void }) {
  const [all, setAll] = useState(false)
  if (places.length === 0) return null
  const shown = all ? places : places.slice(0, SHOWN)
  return (
    <>
      <ul>
        {shown.map(({ place, detail }) => (
          <li key={`${place} ${detail}`}>
            <button type="button" class="link" onClick={() => goTo(place)}>
              {detail}
            </button>
          </li>
        ))}
      </ul>
      {places.length > SHOWN && (
        <button type="button" class="link more" aria-expanded={all} onClick={() => setAll(!all)}>
          <ChevronDown size={13} aria-hidden="true" />
          {all ? 'Show fewer' : `Show all ${formatCount(places.length)}`}
        </button>
      )}
    </>
  )
}
