import { ExternalLink } from 'lucide-preact'
import type { ApiProblem } from '#web/problem.ts'

/** The partner that has the domain already. */
export interface Existing {
  id: string
  name: string
}

/** In a tab of its own: what was typed here stays. */
export const Known = ({ partner }: { partner: Existing }) => (
  <>
    Already in your directory:{' '}
    <a href={`/partners/${partner.id}`} target="_blank" rel="noopener">
      {partner.name}
      <ExternalLink size={12} aria-hidden="true" />
      <span class="sr-only"> (opens a new tab)</span>
    </a>
  </>
)

export function existingOf(problem: ApiProblem): Existing | null {
  const { existing } = problem.body
  if (typeof existing !== 'object' || existing === null || !('id' in existing && 'name' in existing))
    return null
  const { id, name } = existing
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : null
}
