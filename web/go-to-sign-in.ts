import { leaveWithoutAsking } from '#web/ui/use-leave-guard.ts'
import { safeReturnPath, signInPath } from './return-path.ts'

/** Leads to the sign-in page, and from there back to here. On a page without a way back one is there already. */
export function goToSignIn(page: '/login' | '/portal/login') {
  const here = location.pathname + location.search
  if (safeReturnPath(here) === null) return
  leaveWithoutAsking()
  location.assign(signInPath(page, here))
}
