import { useInfiniteQuery } from '@tanstack/preact-query'
import { CalendarDays, History, Mail, MessageSquarePlus, Pencil, Phone, StickyNote } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Unreachable } from '#web/admin/partners/unreachable.tsx'
import { api } from '#web/api.ts'
import { formatDay, formatMoment } from '#web/format.ts'
import { answerOf, explain } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import type { Activity } from '#worker/partners/schema.ts'
import { deedOf } from './activity-words.ts'
import { LogActivityDialog } from './log-activity-dialog.tsx'

const PAGE_SIZE = 30

const useActivity = (id: string) =>
  useInfiniteQuery({
    queryKey: ['partners', id, 'activity'],
    queryFn: ({ pageParam }) =>
      answerOf(
        api.partners[':id'].activity.$get({
          param: { id },
          query: { limit: String(PAGE_SIZE), ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })

/** What happened with a partner, newest first. */
export function ActivityTab({ id, refusal }: { id: string; refusal: string | undefined }) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useActivity(id)
  const [logging, setLogging] = useState(false)
  const log = (
    <Button unavailable={refusal} onClick={() => setLogging(true)}>
      <MessageSquarePlus size={14} aria-hidden="true" />
      Log activity
    </Button>
  )
  const dialog = logging && <LogActivityDialog id={id} onClose={() => setLogging(false)} />
  if (!data)
    return error ? <Unreachable error={error} onRetry={() => void refetch()} /> : <Skeleton width={50} />
  const entries = data.pages.flatMap(({ items }) => items)
  if (entries.length === 0)
    return (
      <>
        <EmptyState icon={History} title="Nothing has happened yet" action={log}>
          Meetings, calls, e-mails and notes stand here, and who changed what. Logged conversations keep the
          health score true.
        </EmptyState>
        {dialog}
      </>
    )
  return (
    <div class="activity">
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {error && (
        <p class="error" role="alert">
          {explain(error).message}
        </p>
      )}
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </div>
  )
}

const ICONS: Record<Activity['kind'], typeof Mail> = {
  meeting: CalendarDays,
  call: Phone,
  email: Mail,
  note: StickyNote,
  edit: Pencil,
  tier: Pencil,
  created: Pencil,
}

function Entry({ entry }: { entry: Activity }) {
  const { kind, by, on, at, text } = entry
  const Icon = ICONS[kind]
  const isLogged = text !== ''
  return (
    <li data-logged={isLogged || undefined}>
      <Icon size={14} aria-hidden="true" />
      <p>
        <strong>{by.name}</strong> {deedOf(entry)}{' '}
        <time class="muted number" dateTime={isLogged ? on : at} title={formatMoment(at)}>
          {isLogged ? formatDay(`${on}T12:00`) : formatMoment(at)}
        </time>
      </p>
      {isLogged && <p class="prose">{text}</p>}
    </li>
  )
}
