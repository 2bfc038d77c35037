import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { usePartner } from '#web/admin/partners/directory.ts'
import { directoryPath } from '#web/admin/partners/drawer-path.ts'
import { isGone, Unreachable } from '#web/admin/partners/unreachable.tsx'
import { Avatar } from '#web/ui/avatar.tsx'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useDiscard } from '#web/ui/use-discard.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { Me } from '#worker/auth/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { isSettled } from './dispute.ts'
import { EditPartnerForm } from './edit-partner-form.tsx'
import { useEditPartner } from './use-edit-partner.ts'

interface Props {
  id: string
  me: Me
  onClose: () => void
}

/** Every profile field of a partner, at `/partners/{id}/edit`. */
export function EditPartnerDrawer({ id, onClose, ...rest }: Props) {
  const { data: partner, error, refetch } = usePartner(id)
  const { route } = useLocation()
  // There is no detail to go back to either.
  const leave = () => (isGone(error) ? route(directoryPath(location.search), true) : onClose())
  const unreadable = (
    <Modal kind="drawer" wide title="Edit partner" onClose={leave}>
      {error ? (
        <Unreachable error={error} onRetry={() => void refetch()} onClose={leave} />
      ) : (
        <Skeleton width={60} />
      )}
    </Modal>
  )
  if (!partner) return unreadable
  return (
    <Editing
      partner={partner}
      gone={isGone(error) ? unreadable : null}
      onClose={isGone(error) ? leave : onClose}
      {...rest}
    />
  )
}

interface EditingProps extends Omit<Props, 'id'> {
  partner: Partner
  /** Stands in place of a partner that is no more, unless something was written that would be lost. */
  gone: VNode | null
}

function Editing({ partner, gone, me, onClose }: EditingProps) {
  useTitle(`Edit ${partner.name}`)
  const formId = useId()
  const saved = ({ name }: Partner, others: string) => {
    toast({ text: others ? `${name} is saved, together with what ${others} changed.` : `${name} is saved.` })
    editing.drop()
    letGo()
    onClose()
  }
  const editing = useEditPartner(me.user.id, partner, saved)
  const { form, dispute, unsaved, drop } = editing
  const { close, question, letGo } = useDiscard({
    unsaved,
    title: 'Discard your changes?',
    words: `What you changed of ${partner.name} has not been saved.`,
    drop,
    onClose,
  })
  if (gone && !unsaved) return gone
  const open = dispute !== null && !isSettled(dispute)
  const footer = (
    <FormFoot
      form={formId}
      busy={form.sending}
      unavailable={open ? 'Choose for each field that both of you changed.' : undefined}
      onCancel={close}
    >
      Save changes
    </FormFoot>
  )
  const lead = <Avatar name={partner.name} imageUrl={partner.logoUrl} />
  return (
    <Modal kind="drawer" wide title={`Edit ${partner.name}`} lead={lead} onClose={close} footer={footer}>
      <EditPartnerForm id={formId} me={me} partner={partner} editing={editing} />
      {question}
    </Modal>
  )
}
