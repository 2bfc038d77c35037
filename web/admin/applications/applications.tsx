import { useLocation } from 'preact-iso'
import { NotFound } from '#web/ui/not-found.tsx'
import { FormPage } from './form-page.tsx'
import { FormsPage } from './forms-page.tsx'
import { submissionIdIn } from './submissions/place.ts'
import { SubmissionsPage } from './submissions/submissions-page.tsx'
import './applications.css'

/** Everything below /partners/applications. */
export function Applications() {
  const { path } = useLocation()
  const [formId, ...rest] = path.split('/').slice(3)
  if (formId === undefined) return <FormsPage />
  const [side, submissionId, ...more] = formId === 'submissions' ? [formId, ...rest] : rest
  if (side === 'submissions' && more.length === 0)
    return (
      <SubmissionsPage
        key={formId}
        formId={formId === 'submissions' ? null : formId}
        submissionId={submissionIdIn(submissionId)}
      />
    )
  if (rest.length === 0) return <FormPage key={formId} formId={formId} />
  return <NotFound />
}
