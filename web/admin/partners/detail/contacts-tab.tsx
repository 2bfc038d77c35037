import { Ellipsis, Pencil, Plus, Star, Trash2 } from 'lucide-preact'
import type { ComponentProps } from 'preact'
import { useState } from 'preact/hooks'
import { contactName } from '#web/admin/partners/names.ts'
import { usePartnerChanges } from '#web/admin/partners/use-partner-changes.ts'
import { api } from '#web/api.ts'
import { formatDay } from '#web/format.ts'
import { answerOf, done } from '#web/problem.ts'
import { Avatar } from '#web/ui/avatar.tsx'
import { Badge } from '#web/ui/badge.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { Confirm } from '#web/ui/confirm.tsx'
import { useFocusAfter } from '#web/ui/focus.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { Contact, Partner } from '#worker/partners/schema.ts'
import { ContactDialog } from './contact-dialog.tsx'

type Open = { what: 'add' } | { what: 'edit' | 'remove'; contact: Contact } | null

/** The people at the partner, exactly one of them primary. */
export function ContactsTab({ partner, refusal }: { partner: Partner; refusal: string | undefined }) {
  const { id, contacts } = partner
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const { reread, explain } = usePartnerChanges(id)
  const makePrimary = async ({ id: contactId, version, ...contact }: Contact) => {
    const json = { primary: true as const, version }
    try {
      await answerOf(api.partners[':id'].contacts[':contactId'].$patch({ param: { id, contactId }, json }))
      toast({ text: `${contact.firstName} ${contact.lastName} is now the primary contact.` })
    } catch (error) {
      toast({ text: explain(error).message })
    }
    await reread()
  }
  const remove = async (contactId: string) => {
    await done(api.partners[':id'].contacts[':contactId'].$delete({ param: { id, contactId } }))
    await reread()
  }
  return (
    <div class="contacts">
      <ul>
        {contacts.map((contact) => (
          <ContactItem
            key={contact.id}
            contact={contact}
            refusal={refusal}
            alone={contacts.length === 1}
            onEdit={() => setOpen({ what: 'edit', contact })}
            onMakePrimary={() => void makePrimary(contact)}
            onRemove={() => setOpen({ what: 'remove', contact })}
          />
        ))}
      </ul>
      <Button unavailable={refusal} onClick={() => setOpen({ what: 'add' })}>
        <Plus size={14} aria-hidden="true" />
        Add contact
      </Button>
      {open?.what === 'add' && <ContactDialog partnerId={id} onClose={close} />}
      {open?.what === 'edit' && <ContactDialog partnerId={id} contact={open.contact} onClose={close} />}
      {open?.what === 'remove' && (
        <Removal
          contact={open.contact}
          run={() => remove(open.contact.id)}
          explain={explain}
          onClose={close}
        />
      )}
    </div>
  )
}

type RemovalProps = { contact: Contact } & Pick<ComponentProps<typeof Confirm>, 'run' | 'explain' | 'onClose'>

function Removal({ contact, ...question }: RemovalProps) {
  useFocusAfter('.contacts > .button')
  return (
    <Confirm title={`Remove ${contactName(contact)}?`} action="Remove" {...question}>
      <p>They lose their way into the partner portal, unless another partner or your team has them too.</p>
    </Confirm>
  )
}

interface ItemProps {
  contact: Contact
  refusal: string | undefined
  /** The only one. */
  alone: boolean
  onEdit: () => void
  onMakePrimary: () => void
  onRemove: () => void
}

function ContactItem({ contact, refusal, alone, onEdit, onMakePrimary, onRemove }: ItemProps) {
  const { email, title, phone, primary } = contact
  const name = contactName(contact)
  return (
    <li>
      <Avatar name={name} round size="large" />
      <div class="contact-who">
        <p>
          <span class="contact-name">{name}</span> {primary && <Badge tone="blue">Primary</Badge>}
        </p>
        {title && <p class="muted">{title}</p>}
        <p class="contact-reach">
          <a href={`mailto:${email}`}>{email}</a>
          {phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>}
        </p>
        <p class="muted">{accountOf(contact)}</p>
      </div>
      <Menu
        label={`Actions for ${name}`}
        trigger={(props) => (
          <IconButton label={`Actions for ${name}`} {...props}>
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        )}
      >
        <MenuItem icon={<Pencil size={15} aria-hidden="true" />} unavailable={refusal} onChoose={onEdit}>
          Edit
        </MenuItem>
        <MenuItem
          icon={<Star size={15} aria-hidden="true" />}
          unavailable={refusal ?? (primary ? 'This is the primary contact.' : undefined)}
          onChoose={onMakePrimary}
        >
          Make primary
        </MenuItem>
        <MenuItem
          icon={<Trash2 size={15} aria-hidden="true" />}
          tone="red"
          unavailable={refusal ?? (primary ? whyKept(alone) : undefined)}
          onChoose={onRemove}
        >
          Remove…
        </MenuItem>
      </Menu>
    </li>
  )
}

const whyKept = (alone: boolean) =>
  alone ? 'Add another contact and make it primary first.' : 'Make another contact primary first.'

function accountOf({ account, lastSeenAt }: Contact) {
  if (account === 'unclaimed') return 'Portal account not claimed yet'
  return lastSeenAt ? `In the portal, last seen ${formatDay(lastSeenAt)}` : 'Portal account claimed'
}
