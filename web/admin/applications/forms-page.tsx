import { FileText, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { formatCount } from '#web/format.ts'
import { reasonAgainst, useMe } from '#web/me.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { FormItem } from './form-item.tsx'
import { useForms } from './forms-queries.ts'
import { NewFormDialog } from './new-form-dialog.tsx'

/** The application forms of the organisation. */
export function FormsPage() {
  const { data: me } = useMe()
  const { data, error, refetch } = useForms()
  const [adding, setAdding] = useState(false)
  const refusal = reasonAgainst(me, 'manager')
  const items = data?.items
  const newForm = (
    <Button look="primary" unavailable={refusal} onClick={() => setAdding(true)}>
      <Plus size={15} aria-hidden="true" />
      New form
    </Button>
  )
  return (
    <>
      <PageHead
        title="Applications"
        count={items && items.length > 0 ? formatCount(items.length) : undefined}
      >
        <a class="button" href="/partners/applications/submissions">
          All submissions
        </a>
        {items && items.length > 0 && newForm}
      </PageHead>
      {items?.length === 0 && (
        <EmptyState icon={FileText} title="No forms yet" action={newForm}>
          A form asks companies that want to become your partner for what you need to know. Share its address
          or embed it on your website, and applications arrive here.
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <ul class="forms" aria-label="Forms">
          {items.map((form) => (
            <FormItem key={form.id} form={form} me={me} />
          ))}
        </ul>
      )}
      {!items && error && (
        <ErrorState
          title="Your forms could not be loaded"
          message={explain(error).message}
          offline={isNetworkLoss(error)}
          onRetry={() => void refetch()}
        />
      )}
      {!items && !error && <Waiting />}
      {adding && <NewFormDialog onClose={() => setAdding(false)} />}
    </>
  )
}

/** The shape of what comes. */
const Waiting = () => (
  <div aria-busy="true">
    <span class="sr-only" role="status">
      Loading the forms…
    </span>
    <ul class="forms" aria-hidden="true">
      {[35, 50, 42].map((width) => (
        <li key={width}>
          <div class="form-name">
            <Skeleton width={width} />
          </div>
          <Skeleton width={width + 25} />
          <Skeleton width={45} />
          <Skeleton width={75} />
          <span class="button" data-icon data-look="plain" />
        </li>
      ))}
    </ul>
  </div>
)
