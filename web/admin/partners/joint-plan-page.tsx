import { ArrowLeft, Target } from 'lucide-preact'
import { useRoute } from 'preact-iso'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { usePartner } from './directory.ts'
import { directoryPath, partnerIdIn, partnerPath } from './drawer-path.ts'
import { Unreachable } from './unreachable.tsx'
import './joint-plan-page.css'

/** Stands where a partner's joint plan will be. */
export function JointPlanPage() {
  const id = partnerIdIn(useRoute().params.id) ?? ''
  const { data: partner, error, refetch } = usePartner(id)
  const name = partner?.name
  return (
    <>
      <PageHead title={name ? `Joint plan with ${name}` : 'Joint plan'} />
      {name && (
        <EmptyState
          icon={Target}
          title="Joint plans come later"
          action={
            <a class="button" href={partnerPath(location.search, id)}>
              <ArrowLeft size={14} aria-hidden="true" />
              <span class="truncate">Back to {name}</span>
            </a>
          }
        >
          Targets by quarter, objectives and action items that you and your partner work on together will
          stand here.
        </EmptyState>
      )}
      {!name && error && (
        <>
          <Unreachable error={error} onRetry={() => void refetch()} />
          <p class="plan-back">
            <a class="button" href={directoryPath(location.search)}>
              <ArrowLeft size={14} aria-hidden="true" />
              Back to the directory
            </a>
          </p>
        </>
      )}
      {!name && !error && (
        <div class="page-body" aria-busy="true">
          <Skeleton width={30} />
        </div>
      )}
    </>
  )
}
