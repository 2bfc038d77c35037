import { History } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formatMoment } from '#web/format.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Button } from '#web/ui/button.tsx'
import { Modal } from '#web/ui/modal.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import type { Program, ProgramVersion, Track } from '#worker/program/schema.ts'
import { diffPrograms } from './diff.ts'
import { DiffView } from './diff-view.tsx'
import './versions.css'
import { useVersion, useVersions } from './program-queries.ts'

interface Props {
  program: Program
  refusal: string | undefined
  restore: (version: number, tracks: readonly Track[]) => void
  onClose: () => void
}

/** Every programme that was saved: who, when, what has changed since, and the way back. */
export function VersionsDrawer({ onClose, ...rest }: Props) {
  const { data, error, refetch } = useVersions()
  return (
    <Modal kind="drawer" wide title="Versions of the programme" onClose={onClose}>
      {error && !data && (
        <ErrorState
          title="The versions could not be loaded"
          message={explain(error).message}
          offline={isNetworkLoss(error)}
          onRetry={() => void refetch()}
        />
      )}
      {!(data || error) && <Skeleton width={60} />}
      {data?.items.length === 0 && (
        <EmptyState icon={History} title="No versions yet">
          Each time the programme is saved, it is kept here as it then was.
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <ol class="versions">
          {data.items.map((version) => (
            <VersionItem key={version.n} version={version} {...rest} />
          ))}
        </ol>
      )}
    </Modal>
  )
}

function VersionItem({
  version: { n, by, at },
  program,
  ...rest
}: Omit<Props, 'onClose'> & { version: ProgramVersion }) {
  const [open, setOpen] = useState(false)
  const isPresent = n === program.version
  return (
    <li>
      <div class="version-head">
        <div>
          <p class="version-title">
            Version {n} {isPresent && <Badge tone="green">Present</Badge>}
          </p>
          <p class="muted">
            {by.name || 'A former member'}, {formatMoment(at)}
          </p>
        </div>
        {!isPresent && (
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Compare'}
            <span class="sr-only"> version {n}</span>
          </Button>
        )}
      </div>
      {open && !isPresent && <VersionDetail n={n} program={program} {...rest} />}
    </li>
  )
}

function VersionDetail({ n, program, refusal, restore }: Omit<Props, 'onClose'> & { n: number }) {
  const { data: version, error, refetch } = useVersion(n)
  if (error)
    return (
      <ErrorState
        title="This version could not be loaded"
        message={explain(error).message}
        onRetry={() => void refetch()}
      />
    )
  if (!version) return <Skeleton width={50} />
  return (
    <div class="version-detail">
      <p class="muted">What has changed from version {n} to the present:</p>
      <DiffView diff={diffPrograms(version.tracks, program.tracks)} />
      <Button unavailable={refusal} onClick={() => restore(n, version.tracks)}>
        Restore version {n} into the editor
      </Button>
    </div>
  )
}
