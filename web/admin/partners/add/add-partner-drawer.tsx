import { useId } from 'preact/hooks'
import { FormFoot } from '#web/ui/form-foot.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { useDiscard } from '#web/ui/use-discard.tsx'
import { useTitle } from '#web/ui/use-title.ts'
import type { Me } from '#worker/auth/schema.ts'
import type { Partner } from '#worker/partners/schema.ts'
import { AddPartnerForm } from './add-partner-form.tsx'
import type { Source } from './new-partner.ts'
import { useAddPartner } from './use-add-partner.ts'

interface Props {
  me: Me
  /** The application that the partner is made from. */
  from?: Source
  onAdded: (partner: Partner) => void
  onClose: () => void
}

export function AddPartnerDrawer({ me, from, onAdded, onClose }: Props) {
  useTitle('Add partner')
  const formId = useId()
  const adding = useAddPartner(me.user.id, onAdded, from)
  const { form, lost, drop, unsaved } = adding
  const { close, question } = useDiscard({
    unsaved,
    title: 'Discard this partner?',
    words: 'What you entered has not been saved.',
    drop,
    onClose,
  })
  const footer = (
    <FormFoot form={formId} busy={form.sending} onCancel={close}>
      {lost && !form.sending ? 'Try again' : 'Create partner'}
    </FormFoot>
  )
  return (
    <Modal kind="drawer" title="Add partner" onClose={close} footer={footer}>
      {from && (
        <Notice>
          Name, domain and contact are from the application. Type, region, track and tier are yours to choose;
          the partner begins in stage Qualified.
        </Notice>
      )}
      <AddPartnerForm id={formId} me={me} adding={adding} />
      {question}
    </Modal>
  )
}
