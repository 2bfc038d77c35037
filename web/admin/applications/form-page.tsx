import { PageHead } from '#web/admin/shell/page-head.tsx'
import { useMe } from '#web/me.ts'
import { ApiProblem, explain, isNetworkLoss } from '#web/problem.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { useMedia } from '#web/ui/use-media.ts'
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
        <Waiting />
      )}
    </>
  )
}

/** The shape of what comes. */
function Waiting() {
  const wide = useMedia('(width >= 76rem)')
  return (
    <div class="builder page-body" data-wide={wide || undefined} aria-busy="true">
      <span class="sr-only" role="status">
        Loading the form…
      </span>
      <div class="builder-main" aria-hidden="true">
        <Skeleton width={55} />
        {[24, 16].map((section) => (
          <div key={section} class="section-card">
            {[section, section + 18, section + 9, section + 26, section + 14].map((width) => (
              <div key={width} class="question">
                <Skeleton width={width} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
