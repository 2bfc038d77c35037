import { UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useRowChanges } from '#web/admin/partners/directory.ts'
import { Button } from '#web/ui/button.tsx'
import { deferred } from '#web/ui/deferred.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import type { Submission } from '#worker/submissions/schema.ts'
import { useSubmissionChanges } from './queries.ts'

const AddPartnerDrawer = deferred(
  async () => (await import('#web/admin/partners/add/add-partner-drawer.tsx')).AddPartnerDrawer,
)

interface Props {
  submission: Submission
  me: Me | undefined
  refusal: string | undefined
}

/** An approved submission becomes a partner only when somebody adds it. */
export function AddFromSubmission({ submission, me, refusal }: Props) {
  const { id, partnerId, existingPartner, prefill } = submission
  const { read } = useSubmissionChanges()
  const { reread } = useRowChanges()
  const [adding, setAdding] = useState(false)
  if (partnerId)
    return (
      <a class="button" href={`/partners/${partnerId}`}>
        Open partner
      </a>
    )
  const taken = existingPartner ? `${existingPartner.name} has this domain already.` : undefined
  const added = ({ name }: Partner) => {
    setAdding(false)
    reread()
    toast({ text: `${name} is in your directory.` })
    void read(id)
  }
  return (
    <>
      <Button look="primary" unavailable={refusal ?? taken} onClick={() => setAdding(true)}>
        <UserPlus size={14} aria-hidden="true" />
        Add partner
      </Button>
      {adding && me && (
        <AddPartnerDrawer
          me={me}
          from={{
            submissionId: id,
            name: prefill.name,
            domain: prefill.domain,
            'primaryContact/firstName': prefill.firstName,
            'primaryContact/lastName': prefill.lastName,
            'primaryContact/email': prefill.email,
          }}
          onAdded={added}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  )
}
