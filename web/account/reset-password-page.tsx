import { useQuery } from '@tanstack/preact-query'
import { useLocation } from 'preact-iso'
import { api } from '#web/api.ts'
import { ApiProblem, answerOf, explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { ChoosePasswordForm } from './choose-password-form.tsx'
import { EntryPage } from './entry-page.tsx'

/** Where every mailed link leads. Opening it uses nothing up; setting the password does. */
export function ResetPasswordPage() {
  const token = useLocation().query.token ?? ''
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => answerOf(api.auth.link.$post({ json: { token } })),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (token === '' || (link.error instanceof ApiProblem && link.error.status === 422)) return <DeadLink />
  if (link.error)
    return (
      <EntryPage title="Choose a password">
        <ErrorState
          title="This link could not be checked"
          message={explain(link.error).message}
          offline={isNetworkLoss(link.error)}
          onRetry={() => void link.refetch()}
        />
      </EntryPage>
    )
  if (!link.data)
    return (
      <EntryPage title="Choose a password">
        <div aria-busy="true">
          <Skeleton width={80} />
          <span class="sr-only">Checking your link…</span>
        </div>
      </EntryPage>
    )
  return <ChoosePasswordForm token={token} link={link.data} />
}

function DeadLink() {
  return (
    <EntryPage
      title="This link no longer works"
      lead="A link works once, and only for a limited time. A newer one replaces all before it."
      more={<a href="/signup">Create an organisation</a>}
    >
      <Button look="primary" wide onClick={() => location.assign('/login?forgot=1')}>
        Send me a new link
      </Button>
      <Button wide onClick={() => location.assign('/portal/login?forgot=1')}>
        I am a partner: send me a new link
      </Button>
    </EntryPage>
  )
}
