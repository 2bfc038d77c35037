import { Skeleton } from '#web/ui/states.tsx'

const WISHES = [22, 30, 36, 34, 48, 32]
const WEIGHTS = [24, 38, 30, 42, 28]

/** The shape of what comes: whom one looks for, and what that weighs. */
export const ScoringSkeleton = () => (
  <div class="scoring" aria-busy="true">
    <span class="sr-only" role="status">
      Loading the scoring…
    </span>
    <div class="scoring-cards" aria-hidden="true">
      <div class="card">
        <Skeleton width={26} />
        <Skeleton width={82} />
        <div class="wishes">
          {WISHES.map((width) => (
            <div key={width} class="wish-room">
              <Skeleton width={width} />
              <span class="skeleton" />
            </div>
          ))}
          <div class="wish-room wide">
            <Skeleton width={18} />
            <span class="skeleton" />
          </div>
        </div>
      </div>
      <div class="card weights">
        <Skeleton width={20} />
        <Skeleton width={74} />
        <div>
          {WEIGHTS.map((width) => (
            <div key={width} class="weight">
              <Skeleton width={width + 20} />
              <Skeleton width={100} />
              <Skeleton width={width * 2} />
            </div>
          ))}
        </div>
      </div>
    </div>
    <div class="card effect" aria-hidden="true">
      <Skeleton width={45} />
      <Skeleton width={92} />
      <Skeleton width={70} />
    </div>
  </div>
)
