import { useState } from 'preact/hooks'
import { useMe } from '#web/me.ts'
import { useMembers } from '#web/members.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Confirm } from '#web/ui/confirm.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { Member } from '#worker/organizations/schema.ts'
import { InviteForm } from './invite-form.tsx'
import { MemberItem } from './member-item.tsx'
import { viewpointOf } from './member-rules.ts'
import { useMemberChanges } from './use-member-changes.ts'
import '#web/account/account-page.css'

export function MembersPage() {
  useTitle('Members')
  const { data: me } = useMe()
  const { data: members, error, refetch } = useMembers()
  const [leaving, setLeaving] = useState<Member | null>(null)
  if (error && !members)
    return (
      <ErrorState
        title="The members could not be loaded"
        message={explain(error).message}
        offline={isNetworkLoss(error)}
        onRetry={() => void refetch()}
      />
    )
  if (!(me && members)) return <Waiting />
  const view = viewpointOf(me, members.items)
  return (
    <div class="cards">
      <section class="card" aria-labelledby="invite">
        <h2 id="invite">Invite a member</h2>
        <InviteForm view={view} />
      </section>
      <section class="card" aria-labelledby="members">
        <h2 id="members">
          Members <span class="muted number">{members.items.length}</span>
        </h2>
        <ul class="members">
          {members.items.map((member) => (
            <MemberItem key={member.id} member={member} view={view} onRemove={() => setLeaving(member)} />
          ))}
        </ul>
      </section>
      {leaving && <RemoveMember member={leaving} onClose={() => setLeaving(null)} />}
    </div>
  )
}

/** The shape of what comes. */
const Waiting = () => (
  <div class="cards" aria-busy="true">
    <span class="sr-only" role="status">
      Loading the members…
    </span>
    <div class="card" aria-hidden="true">
      <Skeleton width={22} />
      <Skeleton width={75} />
      <Skeleton width={50} />
    </div>
    <div class="card" aria-hidden="true">
      <Skeleton width={18} />
      <ul class="members">
        {[32, 44, 26].map((width) => (
          <li key={width}>
            <span class="avatar skeleton" data-size="large" data-round />
            <div class="member-who">
              <Skeleton width={width} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  </div>
)

function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { remove } = useMemberChanges()
  const name = member.name || member.email
  return (
    <Confirm
      title={`Remove ${name}?`}
      action={`Remove ${name}`}
      explain={explain}
      run={async () => {
        await remove(member)
        toast({ text: `${name} is no longer a member.` })
      }}
      onClose={onClose}
    >
      <p>
        {member.email} loses access at once. Partners that {name} manages are left without a manager. This
        cannot be undone; you can invite them again.
      </p>
    </Confirm>
  )
}
