import type { ComponentChildren } from 'preact'
import { formatCount } from '#web/format.ts'
import { PageTabs } from '#web/ui/page-tabs.tsx'

interface Props {
  formId: string
  value: 'form' | 'submissions'
  /** Submissions that nobody has looked at, once that is known. */
  unread?: number | undefined
}

export const formPath = (formId: string) => `/partners/applications/${formId}`
export const submissionsPath = (formId: string) => `${formPath(formId)}/submissions`

/** The two sides of a form: what it asks, and what came back. */
export const FormTabs = ({ formId, value, unread = 0 }: Props) => (
  <PageTabs
    label="Form"
    tabs={[
      { value: 'form', href: formPath(formId), label: 'Form' },
      { value: 'submissions', href: submissionsPath(formId), label: <SubmissionsLabel unread={unread} /> },
    ]}
    value={value}
  />
)

const SubmissionsLabel = ({ unread }: { unread: number }): ComponentChildren => (
  <>
    Submissions
    {unread > 0 && (
      <>
        {' '}
        <span class="number-badge number">{formatCount(unread)}</span>
        <span class="sr-only"> unread</span>
      </>
    )}
  </>
)
