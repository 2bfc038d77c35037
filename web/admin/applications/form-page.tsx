import { PageHead } from '#web/admin/shell/page-head.tsx'
import { useMe } from '#web/me.ts'
import { ApiProblem, explain, isNetworkLoss } from '#web/problem.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Builder } from './builder/builder.tsx'
import { FormTabs } from './form-tabs.tsx'
import { useOneForm } from './forms-queries.ts'

/** What one form asks, how it looks, and who may see it. */
export function FormPage({ formId }: { formId: string }) {
  const { data: me } = useMe()
  const { data: form, error, refetch } = useOneForm(formId)
  if (me && form) return <Builder me={me} form={form} />
  const isGone = error instanceof ApiProblem && error.status === 404
  return (
    <>
      <PageHead title="Form" />
      <FormTabs formId={formId} value="form" />
      {error ? (
        <ErrorState
          title={isGone ? 'This form is not there' : 'The form could not be loaded'}
          message={isGone ? 'It may have been deleted.' : explain(error).message}
          offline={isNetworkLoss(error)}
          {...(isGone ? {} : { onRetry: () => void refetch() })}
          action={
            <a class="button" href="/partners/applications">
              All forms
            </a>
          }
        />
      ) : (
        <div class="forms-waiting page-body" aria-busy="true">
          <Skeleton width={30} />
          <Skeleton width={65} />
          <Skeleton width={45} />
        </div>
      )}
    </>
  )
}
