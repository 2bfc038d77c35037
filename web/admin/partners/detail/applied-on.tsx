import { useSubmission } from '#web/admin/applications/submissions/queries.ts'
import { formatDay } from '#web/format.ts'

/** When and through which form a partner applied, with the way to what they wrote. */
export function AppliedOn({ submissionId }: { submissionId: string }) {
  const { data } = useSubmission(submissionId)
  const path = `/partners/applications/${data?.formId ?? 'submissions'}${data ? '/submissions' : ''}/${submissionId}`
  return (
    <a href={path}>
      {data ? `${formatDay(data.submittedAt)} through ${data.formName}` : 'See the application'}
    </a>
  )
}
