import { Skeleton } from './states.tsx'
import './loading-lines.css'

/** Stands in a drawer until its text has come. */
export const LoadingLines = () => (
  <div class="loading-lines" aria-busy="true">
    {[40, 65, 50, 58].map((width) => (
      <Skeleton key={width} width={width} />
    ))}
  </div>
)
