import { FilterX, Inbox } from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { CopyButton } from '#web/admin/applications/copy-button.tsx'
import { addressOf, shortAddressOf } from '#web/admin/applications/form-address.ts'
import { formatMoment } from '#web/format.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { useHotkeys } from '#web/ui/hotkeys.ts'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import type { FormRow } from '#worker/applications/schema.ts'
import type { SubmissionRow } from '#worker/submissions/schema.ts'
import { ago } from './ago.ts'
import type { Shown } from './place.ts'
import type { useSubmissions } from './queries.ts'
import { SubmissionBadge } from './submission-badge.tsx'

interface Props {
  list: ReturnType<typeof useSubmissions>
  rows: readonly SubmissionRow[]
  shown: Shown
  /** Each row says of which form it is. */
  named: boolean
  forms: readonly FormRow[]
  pathOf: (id: string) => string
  onClear: () => void
}

export function SubmissionsList(props: Props) {
  const { list, rows, named, pathOf } = props
  const { error, data, isPlaceholderData, hasNextPage, isFetchingNextPage, isFetchNextPageError } = list
  const readOn = () => void list.fetchNextPage()
  if (error && !data)
    return (
      <ErrorState
        title="The submissions could not be loaded"
        message={explain(error).message}
        offline={isNetworkLoss(error)}
        onRetry={() => void list.refetch()}
      />
    )
  if (!data) return <Waiting />
  if (rows.length === 0 && !hasNextPage) return <Nothing {...props} />
  return (
    <div class="submissions" aria-busy={isPlaceholderData || undefined}>
      <Rows rows={rows} named={named} pathOf={pathOf} />
      {isFetchNextPageError ? (
        <p class="submissions-more" role="alert">
          {explain(error).message} <Button onClick={readOn}>Try again</Button>
        </p>
      ) : (
        hasNextPage && <ReadOn busy={isFetchingNextPage} onReach={readOn} />
      )}
    </div>
  )
}

function Rows({ rows, named, pathOf }: Pick<Props, 'rows' | 'named' | 'pathOf'>) {
  const list = useRef<HTMLUListElement>(null)
  const step = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-open]') ?? [])]
    const at = links.findIndex((link) => link.matches(':focus'))
    links[at === -1 ? 0 : Math.max(0, at + by)]?.focus()
  }
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
  })
  const now = Date.now()
  return (
    <ul ref={list} aria-label="Submissions" data-named={named || undefined}>
      {rows.map((row) => (
        <li key={row.id} data-unread={row.unread || undefined}>
          <Row row={row} named={named} path={pathOf(row.id)} now={now} />
        </li>
      ))}
    </ul>
  )
}

/** Whom a submission is from, in the best words there are. */
export const nameOf = ({
  companyName,
  companyDomain,
  contactName,
}: Pick<SubmissionRow, 'companyName' | 'companyDomain' | 'contactName'>) =>
  companyName ?? companyDomain ?? contactName ?? 'Unnamed applicant'

function Row({ row, named, path, now }: { row: SubmissionRow; named: boolean; path: string; now: number }) {
  return (
    <>
      <span class="submission-mark">{row.unread && <span class="sr-only">Unread</span>}</span>
      <span class="submission-who">
        <a class="truncate" href={path} data-open>
          {nameOf(row)}
        </a>
        {row.companyName && row.companyDomain && <span class="muted truncate">{row.companyDomain}</span>}
      </span>
      <span class="submission-contact truncate">
        {row.contactName} {row.contactEmail && <span class="muted">{row.contactEmail}</span>}
      </span>
      {named && <span class="submission-form muted truncate">{row.formName}</span>}
      <span class="submission-state">
        <SubmissionBadge {...row} />
      </span>
      <time class="muted number" dateTime={row.submittedAt} title={formatMoment(row.submittedAt)}>
        {ago(row.submittedAt, now)}
      </time>
    </>
  )
}

/** Reads the next page when it comes into sight. */
function ReadOn({ busy, onReach }: { busy: boolean; onReach: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const reach = useRef(onReach)
  reach.current = onReach
  useEffect(() => {
    if (busy || !place.current) return
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && reach.current(), {
      rootMargin: '600px',
    })
    sight.observe(place.current)
    return () => sight.disconnect()
  }, [busy])
  return (
    <div ref={place} class="submissions-more">
      <Button busy={busy} onClick={onReach}>
        Show more
      </Button>
    </div>
  )
}

function Nothing({ shown, forms, onClear }: Props) {
  const { tab, search, formId } = shown
  if (tab === 'all' && search === '') return <NoneYet form={forms.find(({ id }) => id === formId)} />
  return (
    <EmptyState
      icon={FilterX}
      title={search ? 'Nothing matches' : 'Nothing here'}
      action={<Button onClick={onClear}>{search ? 'Clear the search' : 'Show all'}</Button>}
    >
      {search ? `No submission has “${search}” in its company or contact.` : EMPTY[tab]}
    </EmptyState>
  )
}

const EMPTY = {
  all: '',
  new: 'Every application has been decided about.',
  approved: 'No application has been approved yet.',
  rejected: 'No application has been rejected.',
  suspected: 'Nothing looks like spam.',
}

function NoneYet({ form }: { form: FormRow | undefined }) {
  const isOpen = form?.state === 'published'
  return (
    <EmptyState
      icon={Inbox}
      title="No applications yet"
      action={
        isOpen && (
          <span class="submissions-address">
            <code>{shortAddressOf(form.slug)}</code>
            <CopyButton text={addressOf(form.slug)} label="Copy address" inWords />
          </span>
        )
      }
    >
      {isOpen
        ? 'Share the address of the form. What applicants send appears here by itself.'
        : form
          ? 'The form is not published. Once it is, what applicants send appears here by itself.'
          : 'Publish a form and share its address. What applicants send appears here by itself.'}
    </EmptyState>
  )
}

const Waiting = () => (
  <div class="submissions" aria-busy="true">
    <ul aria-hidden="true">
      {[45, 60, 38, 52, 64, 41].map((width) => (
        <li key={width}>
          <span />
          <Skeleton width={width} />
          <Skeleton width={width + 15} />
          <span />
          <Skeleton width={70} />
        </li>
      ))}
    </ul>
  </div>
)
