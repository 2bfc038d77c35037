import { Download } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { FormHead } from '#web/admin/applications/form-head.tsx'
import { useForms } from '#web/admin/applications/forms-queries.ts'
import { SearchField } from '#web/admin/partners/toolbar/search-field.tsx'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { reasonAgainst, useMe } from '#web/me.ts'
import { Button } from '#web/ui/button.tsx'
import { Select } from '#web/ui/select-field.tsx'
import type { FormRow } from '#worker/applications/schema.ts'
import { exportPath, listPath, type Shown, searchFor, shownIn } from './place.ts'
import { useArrivals, useSubmissionChanges, useSubmissionCounts, useSubmissions } from './queries.ts'
import { StateTabs } from './state-tabs.tsx'
import { SubmissionDrawer } from './submission-drawer.tsx'
import { SubmissionsList } from './submissions-list.tsx'
import './submissions.css'

interface Props {
  /** Null for the submissions of all forms. */
  formId: string | null
  /** The submission that is open above the list. */
  submissionId: string | undefined
}

const TYPING_MS = 150

/** What applicants sent, of one form or of all; a submission opens above, at an address of its own. */
export function SubmissionsPage({ formId, submissionId }: Props) {
  const { url, route } = useLocation()
  const { data: me } = useMe()
  const { data: forms } = useForms()
  const search = url.includes('?') ? url.slice(url.indexOf('?')) : ''
  const shown = shownIn(search, formId)
  const { data: counts } = useSubmissionCounts(shown.formId)
  const list = useSubmissions(shown)
  const { reread } = useSubmissionChanges()
  useArrivals(shown.formId, submissionId !== undefined)
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const pathOf = (id: string, query = search) => `${listPath(formId)}/${id}${query}`
  /** What was opened while the last key still waited stays open. */
  const show = (change: Partial<Shown>) => {
    const query = searchFor({ ...shown, ...change }, formId)
    route(submissionId === undefined ? `${listPath(formId)}${query}` : pathOf(submissionId, query), true)
  }
  const wasOpen = useRef(false)
  useEffect(() => {
    // What was decided about has left the lists that no longer ask for it.
    if (wasOpen.current && submissionId === undefined) reread()
    wasOpen.current = submissionId !== undefined
  })
  const form = forms?.items.find(({ id }) => id === formId)
  const exportButton = (
    <ExportButton shown={shown} refusal={reasonAgainst(me, 'manager') ?? nothingIn(list, shown)} />
  )
  return (
    <>
      {formId === null ? (
        <PageHead title="All submissions">
          <a class="button" href="/partners/applications">
            Forms
          </a>
          {exportButton}
        </PageHead>
      ) : (
        <FormHead
          formId={formId}
          side="submissions"
          title={form?.name ?? 'Submissions'}
          state={form?.state}
          unread={counts?.unread}
        >
          {exportButton}
        </FormHead>
      )}
      <div class="submissions-tools">
        <StateTabs
          counts={counts}
          tab={shown.tab}
          pathOf={(tab) => `${listPath(formId)}${searchFor({ ...shown, tab }, formId)}`}
        />
        <span class="submissions-narrow">
          {formId === null && <FormFilter forms={forms?.items ?? []} shown={shown} show={show} />}
          <Search value={shown.search} onType={(text) => show({ search: text })} />
        </span>
      </div>
      <SubmissionsList
        list={list}
        rows={rows}
        shown={shown}
        named={formId === null}
        forms={forms?.items ?? []}
        pathOf={pathOf}
        onClear={() => show({ tab: 'all', search: '', ...(formId === null ? { formId: null } : {}) })}
      />
      {submissionId !== undefined && (
        <SubmissionDrawer
          id={submissionId}
          me={me}
          neighbours={neighboursOf(
            rows.map(({ id }) => id),
            submissionId,
          )}
          pathOf={pathOf}
          onClose={() => route(`${listPath(formId)}${search}`)}
        />
      )}
    </>
  )
}

/** Those before and after in the list, as far as it has been read. */
function neighboursOf(ids: readonly string[], id: string) {
  const at = ids.indexOf(id)
  return at === -1
    ? { previous: null, next: null }
    : { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null }
}

/** Each key shows at once, and is searched for when the next one does not follow. */
function Search({ value, onType }: { value: string; onType: (text: string) => void }) {
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  const send = useRef(onType)
  send.current = onType
  useEffect(() => {
    if (value !== sent.current) setTyped(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (typed === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed
      send.current(typed)
    }, TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <SearchField
      label="Search submissions"
      placeholder="Search company or contact"
      value={typed}
      onType={setTyped}
    />
  )
}

interface FilterProps {
  forms: readonly FormRow[]
  shown: Shown
  show: (change: Partial<Shown>) => void
}

const FormFilter = ({ forms, shown, show }: FilterProps) => (
  <Select
    aria-label="Form"
    value={shown.formId ?? ''}
    options={[
      { value: '', label: 'All forms' },
      ...forms.map(({ id, name }) => ({ value: id, label: name })),
    ]}
    onChange={(event) => show({ formId: event.currentTarget.value || null })}
  />
)

/** Why there is nothing to export; undefined while there may be something. */
function nothingIn({ data, isPlaceholderData }: ReturnType<typeof useSubmissions>, { tab, search }: Shown) {
  if (
    !data ||
    isPlaceholderData ||
    data.pages.some(({ items, nextCursor }) => items.length > 0 || nextCursor)
  )
    return undefined
  return tab === 'all' && search === ''
    ? 'There are no submissions to export yet.'
    : 'No submission matches, so there is nothing to export.'
}

function ExportButton({ shown, refusal }: { shown: Shown; refusal: string | undefined }) {
  const label = (
    <>
      <Download size={14} aria-hidden="true" />
      Export CSV
    </>
  )
  if (refusal) return <Button unavailable={refusal}>{label}</Button>
  return (
    <a class="button" href={exportPath(shown)} download>
      {label}
    </a>
  )
}
