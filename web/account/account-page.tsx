import { useMe } from '#web/me.ts'
import { explain } from '#web/problem.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import { Appearance } from './appearance.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { Sessions } from './sessions.tsx'
import './account-page.css'

export function AccountPage() {
  useTitle('Account')
  const { data: me, error, refetch } = useMe()
  if (!me && error)
    return (
      <ErrorState
        title="Your account could not be loaded"
        message={explain(error).message}
        onRetry={() => void refetch()}
      />
    )
  return (
    <div class="cards">
      <section class="card" aria-labelledby="you">
        <h2 id="you">You</h2>
        {me ? <NameForm me={me} /> : <Skeleton width={50} />}
      </section>
      <section class="card" aria-labelledby="look">
        <h2 id="look">Appearance</h2>
        <Appearance />
      </section>
      <section class="card" aria-labelledby="password">
        <h2 id="password">Password</h2>
        <PasswordForm />
      </section>
      <section class="card" aria-labelledby="sessions">
        <h2 id="sessions">Where you are signed in</h2>
        <Sessions />
      </section>
    </div>
  )
}
