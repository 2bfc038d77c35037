import { api } from '#web/api.ts'
import { forgetDefaultView } from '#web/default-view.ts'
import { done, explain } from '#web/problem.ts'
import { toast } from '#web/ui/toast.tsx'
import type { Realm } from './realm.ts'

/** Ends the session and leaves nothing of it in this tab. */
export async function signOut({ signInPage }: Realm) {
  try {
    await done(api.auth['sign-out'].$post())
    sessionStorage.clear()
    forgetDefaultView()
    location.assign(signInPage)
  } catch (error) {
    toast({ text: `You are still signed in. ${explain(error).message}` })
  }
}
