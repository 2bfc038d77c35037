import { Step } from '#web/admin/partners/score.tsx'
import { explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { ScoringPreview, ScoringRules } from '#worker/scoring/schema.ts'
import { difference, inWords } from './effect.ts'
import { usePreview } from './scoring.ts'

interface Props {
  /** What is edited; null while some of it is wrong. */
  rules: ScoringRules | null
  dirty: boolean
}

/** What saving would do, before it is done. */
export function EffectCard({ rules, dirty }: Props) {
  const { data, error, isStale, refetch } = usePreview(dirty ? rules : null)
  return (
    <section
      class="card effect"
      aria-labelledby="effect"
      aria-busy={isStale || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      <h2 id="effect">Effect before saving</h2>
      {!dirty && (
        <p class="muted">
          Change a wish or a weight, and see here what it does to the scores of 20 of your partners. Nothing
          changes for anybody until you save.
        </p>
      )}
      {dirty && !rules && <Notice tone="amber">Correct what is marked; the effect then shows here.</Notice>}
      {dirty && error && (
        <Notice tone="red" role="alert">
          {explain(error).message}
          <Button look="plain" onClick={() => void refetch()}>
            Try again
          </Button>
        </Notice>
      )}
      {dirty &&
        rules &&
        !data &&
        !error &&
        [70, 55, 62].map((width) => <Skeleton key={width} width={width} />)}
      {dirty && data && <Effects items={data.items} isStale={isStale || rules === null} />}
    </section>
  )
}

interface EffectsProps {
  items: ScoringPreview['items']
  isStale: boolean
}

function Effects({ items, isStale }: EffectsProps) {
  if (items.length === 0) return <p class="muted">There are no partners yet to show it on.</p>
  return (
    <>
      <p role="status" class="effect-words">
        {isStale ? 'Of what you had before; working out the latest…' : inWords(items)}
      </p>
      <table data-stale={isStale || undefined}>
        <thead>
          <tr>
            <th scope="col">Partner</th>
            <th scope="col">Fit</th>
            <th scope="col">Health</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ partnerId, name, fit, health }) => (
            <tr key={partnerId}>
              <th scope="row" title={name}>
                {name}
              </th>
              <Change effect={fit} />
              <Change effect={health} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const NO_SCORE = 'none'

function Change({ effect }: { effect: ScoringPreview['items'][number]['fit'] }) {
  const { before, after } = effect
  const step = difference(effect)
  if (before === after)
    return (
      <td class="number muted">
        {after ?? NO_SCORE}
        <span class="sr-only"> as before</span>
      </td>
    )
  return (
    <td class="number">
      <span class="muted">{before ?? NO_SCORE}</span> <span aria-hidden="true">→</span>
      <span class="sr-only"> becomes </span> <strong>{after ?? NO_SCORE}</strong>
      {step !== null && (
        <>
          <span class="sr-only">{step > 0 ? ', up ' : ', down '}</span>
          <Step by={step} />
        </>
      )}
    </td>
  )
}
