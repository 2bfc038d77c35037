import { Route, Router } from 'preact-iso'
import { ADMIN } from '#web/account/realm.ts'
import { ResetPasswordPage } from '#web/account/reset-password-page.tsx'
import { SignInPage } from '#web/account/sign-in-page.tsx'
import { SignUpPage } from '#web/account/sign-up-page.tsx'

/** The pages of somebody who is not signed in; one part, so that the first script names one. */
export const EntryPages = () => (
  <Router>
    <Route path="/login" component={SignInPage} realm={ADMIN} />
    <Route path="/signup" component={SignUpPage} />
    <Route path="/reset-password" component={ResetPasswordPage} />
  </Router>
)
