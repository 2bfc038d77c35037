import { useEffect } from 'preact/hooks'
import { Route, Router, useLocation } from 'preact-iso'
import { deferred } from '#web/ui/deferred.tsx'
import { NotFound } from '#web/ui/not-found.tsx'
import { Toasts } from '#web/ui/toast.tsx'
import { PartnersPage } from './partners/partners-page.tsx'
import { Shell } from './shell/shell.tsx'

const Tips = deferred(async () => (await import('#web/ui/tips.tsx')).Tips)
const EntryPages = deferred(async () => (await import('./entry-pages.tsx')).EntryPages)
const SettingsPage = deferred(async () => (await import('./settings/settings-page.tsx')).SettingsPage)
const Applications = deferred(async () => (await import('./applications/applications.tsx')).Applications)
const ProgramPage = deferred(async () => (await import('./program/program-page.tsx')).ProgramPage)

const JointPlanPage = deferred(async () => (await import('./partners/joint-plan-page.tsx')).JointPlanPage)

const ENTRY_PAGES = ['/login', '/signup', '/reset-password']

export function App() {
  const { path } = useLocation()
  return (
    <>
      {ENTRY_PAGES.includes(path) ? <EntryPages /> : <SignedInPages />}
      <Toasts />
      <Tips />
    </>
  )
}

/** The partners page stays mounted below its drawers, which have paths of their own. */
const SignedInPages = () => (
  <Shell>
    <Router>
      <Route path="/" component={Home} />
      <Route path="/partners" component={PartnersPage} />
      <Route path="/partners/applications/:place*" component={Applications} />
      <Route path="/partners/joint-plan/:id" component={JointPlanPage} />
      <Route path="/partners/:id" component={PartnersPage} />
      <Route path="/partners/:id/edit" component={PartnersPage} />
      <Route path="/program" component={ProgramPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/settings/:tab" component={SettingsPage} />
      <Route default component={NotFound} />
    </Router>
  </Shell>
)

function Home() {
  const { route } = useLocation()
  useEffect(() => route('/partners', true), [route])
  return null
}
