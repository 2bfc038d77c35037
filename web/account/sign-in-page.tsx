import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { api } from '#web/api.ts'
import { answerOf } from '#web/problem.ts'
import { safeReturnPath } from '#web/return-path.ts'
import { EntryPage } from './entry-page.tsx'
import type { Realm } from './realm.ts'
import { ResetRequestForm } from './reset-request-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Signs in, or sends the link with which one gets a first or a new password: one page, `?forgot` tells which. */
export function SignInPage({ realm }: { realm: Realm }) {
  const { query } = useLocation()
  const onward = safeReturnPath(query.next) ?? realm.home
  useEffect(() => {
    answerOf(api.me.$get()).then(
      () => location.replace(onward),
      () => undefined,
    )
  }, [onward])
  const isPortal = realm.signInPage === '/portal/login'
  const back = query.next ? `&next=${encodeURIComponent(onward)}` : ''
  if (query.forgot !== undefined)
    return (
      <ResetRequestForm
        realm={realm}
        backTo={`${realm.signInPage}${back.replace('&', '?')}`}
        isPortal={isPortal}
      />
    )
  return (
    <EntryPage
      title={isPortal ? 'Partner portal' : 'Sign in'}
      lead={isPortal && 'Sign in with the address that your contact at the vendor knows you by.'}
      more={
        <>
          <a href={`${realm.signInPage}?forgot=1${back}`}>
            {isPortal ? 'First time here, or forgot your password?' : 'Forgot your password?'}
          </a>
          {!isPortal && <a href="/signup">Create an organisation</a>}
        </>
      }
    >
      <SignInForm next={onward} />
    </EntryPage>
  )
}
