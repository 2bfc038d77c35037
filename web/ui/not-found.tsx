import { Compass } from 'lucide-preact'
import { EmptyState } from './states.tsx'
import { useTitle } from './use-title.ts'

export function NotFound({ level = 1 }: { level?: 1 | 2 }) {
  useTitle('Not found')
  return (
    <EmptyState icon={Compass} title="There is nothing here" level={level}>
      The address may be mistyped, or what stood here is gone.
    </EmptyState>
  )
}
