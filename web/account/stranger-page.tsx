import { useEffect } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import type { Me } from '#worker/auth/schema.ts'
import { EntryPage } from './entry-page.tsx'
import type { Realm } from './realm.ts'
import { signOut } from './sign-out.ts'

/** For somebody whose account has no place in this app: leads to the one where it has, or says so. */
export function StrangerPage({ me, realm }: { me: Me; realm: Realm }) {
  const isPortal = realm.home === '/portal'
  const other = isPortal ? me.organization && '/partners' : me.contactOf.length > 0 && '/portal'
  // A contact who signed in at the vendor's page meant the portal; a member in the portal may want to know.
  const moves = other === '/portal'
  useEffect(() => {
    if (moves) location.replace('/portal')
  }, [moves])
  if (moves) return null
  return (
    <EntryPage
      title={isPortal ? 'No partner company yet' : 'No organisation yet'}
      lead={
        isPortal
          ? `${me.user.email} is not the contact of any partner. Ask the company that you work with to add you.`
          : `${me.user.email} is not a member of any organisation. Ask an admin of yours for an invitation.`
      }
    >
      {other && (
        <Button look="primary" wide onClick={() => location.assign(other)}>
          Go to the partner directory
        </Button>
      )}
      <Button wide onClick={() => void signOut(realm)}>
        Sign out
      </Button>
    </EntryPage>
  )
}
