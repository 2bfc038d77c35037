import { useQuery } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { formatDay, formatMoment } from '#web/format.ts'
import { answerOf, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { TIER_LABELS } from '#worker/partners/terms.ts'
import type { TierChange } from '#worker/program/schema.ts'

const useTierChanges = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['partners', id, 'tiers'],
    queryFn: (): Promise<{ items: TierChange[] }> =>
      answerOf(api.partners[':id'].tiers.$get({ param: { id } })),
    enabled,
  })

/** Every change of the tier, newest first; read once it is unfolded. */
export function TierHistory({ id }: { id: string }) {
  const [open, setOpen] = useState(false)
  const { data, error, refetch } = useTierChanges(id, open)
  return (
    <details class="tier-history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Tier history</summary>
      {!data && !error && <Skeleton width={45} />}
      {!data && error && (
        <Notice tone="red" role="alert">
          {explain(error).message}{' '}
          <Button look="plain" onClick={() => void refetch()}>
            Try again
          </Button>
        </Notice>
      )}
      {data?.items.length === 0 && <p class="muted">No change so far.</p>}
      {data && data.items.length > 0 && (
        <ol>
          {data.items.map((change) => (
            <Change key={`${change.at} ${nameOf(change.from)} ${nameOf(change.to)}`} change={change} />
          ))}
        </ol>
      )}
    </details>
  )
}

function nameOf(held: TierChange['from']) {
  if (!held) return 'No tier'
  const level = TIER_LABELS[held.tier]
  return held.name && held.name !== level ? `${held.name} (${level})` : level
}

function Change({ change }: { change: TierChange }) {
  const { at, from, to, source, by, reason } = change
  return (
    <li>
      <p>
        {from && (
          <>
            <span class="muted">{nameOf(from)}</span> <span aria-hidden="true">→</span>
            <span class="sr-only">to</span>{' '}
          </>
        )}
        {nameOf(to)}
      </p>
      <p class="muted">
        {source === 'auto' ? 'Auto-evaluated' : `Pinned by ${by?.name ?? 'a former member'}`} ·{' '}
        <time class="number" dateTime={at} title={formatMoment(at)}>
          {formatDay(at)}
        </time>
        {source === 'manual' && reason && ` · “${reason}”`}
      </p>
    </li>
  )
}
