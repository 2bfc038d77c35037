import { formatCount } from '#web/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { useProgress } from './scoring.ts'

/** How far everybody has been scored anew since the rules were last saved; gone when nobody waits. */
export function ProgressNotice({ saves }: { saves: number }) {
  const { progress, running, finished, error } = useProgress(saves)
  return (
    <div class="scoring-progress" role="status">
      {progress && running && (
        <Notice>
          <p>
            Scoring every partner by the new rules: {formatCount(progress.done)} of{' '}
            {formatCount(progress.total)} done.
            {error && ' The connection is lost; the work goes on without it.'}
          </p>
          <progress value={progress.done} max={progress.total} aria-label="Partners scored anew" />
        </Notice>
      )}
      {progress && progress.total > 0 && finished && (
        <Notice tone="green">
          {progress.total === 1 ? 'The one partner is' : `All ${formatCount(progress.total)} partners are`}{' '}
          scored by these rules.
        </Notice>
      )}
    </div>
  )
}
