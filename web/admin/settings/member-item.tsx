import { Ellipsis, Send, UserMinus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { explain } from '#web/problem.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { Select } from '#web/ui/select-field.tsx'
import { toast } from '#web/ui/toast.tsx'
import { ROLES } from '#worker/auth/terms.ts'
import type { Member } from '#worker/organizations/schema.ts'
import { refusalFor, roleOptions, type Viewpoint } from './member-rules.ts'
import { useMemberChanges } from './use-member-changes.ts'

interface Props {
  member: Member
  view: Viewpoint
  onRemove: () => void
}

export function MemberItem({ member, view, onRemove }: Props) {
  const { setRole, inviteAgain } = useMemberChanges()
  const refusal = refusalFor(view, member)
  const name = member.name || member.email
  const tell = (run: Promise<void>, text: string) =>
    run.then(
      () => toast({ text }),
      (error: unknown) => toast({ text: explain(error).message }),
    )
  return (
    <li>
      <Avatar name={name} round size="large" />
      <div class="member-who">
        <p class="member-name truncate">
          {name} {member.id === view.memberId && <span class="muted">(you)</span>}
        </p>
        {member.name && <p class="muted truncate">{member.email}</p>}
      </div>
      <span class="member-state">{member.state === 'invited' && <Badge tone="amber">Invited</Badge>}</span>
      <RoleSelect
        member={member}
        view={view}
        refusal={refusal}
        onChange={(role) => void tell(setRole(member, role), `The role of ${name} is changed.`)}
      />
      <div class="member-actions">
        <Menu
          label={`Actions for ${name}`}
          trigger={(props) => (
            <IconButton label={`Actions for ${name}`} {...props}>
              <Ellipsis size={16} aria-hidden="true" />
            </IconButton>
          )}
        >
          {member.state === 'invited' && (
            <MenuItem
              icon={<Send size={15} aria-hidden="true" />}
              unavailable={refusal}
              onChoose={() =>
                void tell(inviteAgain(member), `A new invitation is on its way to ${member.email}.`)
              }
            >
              Send the invitation again
            </MenuItem>
          )}
          <MenuItem
            icon={<UserMinus size={15} aria-hidden="true" />}
            tone="red"
            unavailable={refusal}
            onChoose={onRemove}
          >
            Remove…
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}

interface RoleProps {
  member: Member
  view: Viewpoint
  refusal: string | undefined
  onChange: (role: Member['role']) => void
}

/** Shows the chosen role until the server has answered, and then whatever is true. */
function RoleSelect({ member, view, refusal, onChange }: RoleProps) {
  const [asked, setAsked] = useState<{ from: string; to: string } | null>(null)
  const shown = asked?.from === member.role ? asked.to : member.role
  return (
    <span data-tip={refusal} class="role" tabIndex={refusal ? 0 : undefined}>
      <Select
        look="plain"
        aria-label={`Role of ${member.name || member.email}`}
        disabled={refusal !== undefined}
        value={shown}
        options={roleOptions(view)}
        onChange={(event) => {
          const role = ROLES.find((one) => one === event.currentTarget.value)
          if (!role) return
          setAsked({ from: member.role, to: role })
          onChange(role)
        }}
      />
      {refusal && <span class="sr-only">{refusal}</span>}
    </span>
  )
}
