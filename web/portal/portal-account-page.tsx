import { AccountPage } from '#web/account/account-page.tsx'

export const PortalAccountPage = () => (
  <>
    <h1>Account</h1>
    <AccountPage />
  </>
)
