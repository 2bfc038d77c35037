import { Route, Router, useLocation } from 'preact-iso'
import { PORTAL } from '#web/account/realm.ts'
import { deferred } from '#web/ui/deferred.tsx'
import { NotFound } from '#web/ui/not-found.tsx'
import { Tips } from '#web/ui/tips.tsx'
import { Toasts } from '#web/ui/toast.tsx'
import { CompanyPage } from './company-page.tsx'
import { PortalShell } from './portal-shell.tsx'

const SignInPage = deferred(async () => (await import('#web/account/sign-in-page.tsx')).SignInPage)
const PortalAccountPage = deferred(async () => (await import('./portal-account-page.tsx')).PortalAccountPage)

export function App() {
  const { path } = useLocation()
  return (
    <>
      {path === '/portal/login' ? <SignInPage realm={PORTAL} /> : <SignedInPages />}
      <Toasts />
      <Tips />
    </>
  )
}

const SignedInPages = () => (
  <PortalShell>
    <Router>
      <Route path="/portal/account" component={PortalAccountPage} />
      <Route path="/portal" component={CompanyPage} />
      <Route path="/portal/:partnerId" component={CompanyPage} />
      <Route default component={NotFound} />
    </Router>
  </PortalShell>
)
