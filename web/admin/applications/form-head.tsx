import type { ComponentChildren } from 'preact'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import type { FormState } from '#worker/applications/terms.ts'
import { FormTabs } from './form-tabs.tsx'
import { StateBadge } from './state-badge.tsx'

interface Props {
  formId: string
  side: 'form' | 'submissions'
  title: string
  /** Undefined until it is known. */
  state: FormState | undefined
  /** Submissions that nobody has looked at, once that is known. */
  unread: number | undefined
  /** Stands beside the state. */
  beside?: ComponentChildren
  /** What can be done on this side. */
  children: ComponentChildren
}

/** The head of a form, the same on both of its sides. */
export const FormHead = ({ formId, side, title, state, unread, beside, children }: Props) => (
  <>
    <PageHead
      title={title}
      count={
        state && (
          <span class="form-state">
            <StateBadge state={state} />
            {beside}
          </span>
        )
      }
    >
      {children}
    </PageHead>
    <FormTabs formId={formId} value={side} unread={unread} />
  </>
)
