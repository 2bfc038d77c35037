import { ChevronRight, NotebookPen } from 'lucide-preact'
import { useRoute } from 'preact-iso'
import { useMe } from '#web/me.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { NotFound } from '#web/ui/not-found.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { Me } from '#worker/auth/schema.ts'
import '#web/account/account-page.css'

type Contact = Me['contactOf'][number]

/** A contact's home: the one company, or a choice of several. */
export function CompanyPage() {
  const { data: me } = useMe()
  const { partnerId } = useRoute().params
  if (!me) return <Skeleton width={40} />
  const chosen = me.contactOf.find((contact) => contact.partnerId === partnerId)
  const only = partnerId === undefined && me.contactOf.length === 1 ? me.contactOf[0] : undefined
  const contact = chosen ?? only
  if (contact) return <Company contact={contact} several={me.contactOf.length > 1} />
  return partnerId === undefined ? <Chooser contactOf={me.contactOf} /> : <NotFound />
}

function Company({
  contact: { partnerName, organization },
  several,
}: {
  contact: Contact
  several: boolean
}) {
  useTitle(partnerName)
  return (
    <>
      <div class="company-head">
        <Avatar name={partnerName} size="large" />
        <div>
          <h1>{partnerName}</h1>
          <p class="muted">Partner of {organization.name}</p>
        </div>
        {several && <a href="/portal">Change company</a>}
      </div>
      <section class="card">
        <EmptyState icon={NotebookPen} title="Nothing shared yet">
          Your joint plan with {organization.name} appears here as soon as they share it with you. Until then
          there is nothing that you need to do.
        </EmptyState>
      </section>
    </>
  )
}

function Chooser({ contactOf }: Pick<Me, 'contactOf'>) {
  useTitle('Choose a company')
  return (
    <>
      <h1>Whose partnership do you want to see?</h1>
      <ul class="companies">
        {contactOf.map(({ partnerId, partnerName, organization }) => (
          <li key={partnerId}>
            <a href={`/portal/${partnerId}`}>
              <Avatar name={partnerName} size="large" />
              <span>
                <strong>{partnerName}</strong>
                <br />
                <span class="muted">Partner of {organization.name}</span>
              </span>
              <ChevronRight size={16} aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
