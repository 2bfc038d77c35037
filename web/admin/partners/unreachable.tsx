import { ApiProblem, explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { ErrorState } from '#web/ui/states.tsx'

/** The server knows no such partner: deleted, mistyped, or another organisation's. */
export const isGone = (error: unknown) =>
  error instanceof ApiProblem && (error.status === 404 || error.status === 422)

interface Props {
  error: Error
  onRetry: () => void
  /** The way back to the directory. */
  onClose?: () => void
}

export function Unreachable({ error, onRetry, onClose }: Props) {
  if (isGone(error))
    return (
      <ErrorState
        title="This partner is not here"
        message="It was deleted, or the address is mistyped."
        action={onClose && <Button onClick={onClose}>Back to the directory</Button>}
      />
    )
  return (
    <ErrorState
      title="This partner could not be loaded"
      message={explain(error).message}
      offline={isNetworkLoss(error)}
      onRetry={onRetry}
    />
  )
}
