import { ArrowRight, RotateCw, X } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { partnerPath } from '#web/admin/partners/drawer-path.ts'
import { formatCount } from '#web/format.ts'
import { Badge } from '#web/ui/badge.tsx'
import { Button, IconButton } from '#web/ui/button.tsx'
import { focusSoon } from '#web/ui/focus.ts'
import { Modal } from '#web/ui/modal.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { TIER_LABELS, type Tier } from '#worker/partners/terms.ts'
import type { Simulation } from '#worker/program/schema.ts'
import {
  becauseWords,
  countsOf,
  DIRECTIONS,
  type Direction,
  directionOf,
  type Move,
  movesInWords,
  pinnedInWords,
} from './moves.ts'
import type { SimulationState } from './use-simulation.ts'
import '#web/ui/segments.css'
import './simulator.css'

/** As many as one draws at once; more are asked for. */
const SHOWN = 100

const TITLE = 'Who would move'

interface Props {
  state: SimulationState
  /** Where there is no room beside the tracks, it stands above them. */
  narrow: boolean
  onClose: () => void
}

/** Who would move if the programme were as it is edited now. */
export function Simulator({ state, narrow, onClose }: Props) {
  if (!narrow) return <Beside state={state} onClose={onClose} />
  return (
    <Modal kind="drawer" title={TITLE} onClose={onClose}>
      <div class="simulator" aria-busy={state.running}>
        <Trial state={state} />
      </div>
    </Modal>
  )
}

function Beside({ state, onClose }: Omit<Props, 'narrow'>) {
  const heading = useRef<HTMLHeadingElement>(null)
  const isThere = state.simulation !== null
  useEffect(() => {
    heading.current?.focus()
  }, [isThere])
  return (
    <section class="simulator" aria-labelledby="simulator" aria-busy={state.running}>
      <header>
        <h2 id="simulator" ref={heading} tabIndex={-1}>
          {TITLE}
        </h2>
        <IconButton
          label="Close the trial"
          onClick={() => {
            onClose()
            focusSoon('[data-try]')
          }}
        >
          <X size={15} aria-hidden="true" />
        </IconButton>
      </header>
      <Trial state={state} />
    </section>
  )
}

function Trial({ state }: { state: SimulationState }) {
  const { simulation, isCurrent, running, failure, run } = state
  return (
    <>
      {failure && (
        <Notice tone="red" role="alert">
          <p>{failure}</p>
          <Button onClick={() => void run()}>Try again</Button>
        </Notice>
      )}
      {simulation && !isCurrent && !running && !failure && (
        <Notice tone="amber" role="status">
          <p>This is out of date: the programme was edited since.</p>
          <Button onClick={() => void run()}>
            <RotateCw size={13} aria-hidden="true" />
            Try it again
          </Button>
        </Notice>
      )}
      {running && !simulation && <Looking />}
      {simulation && <Outcome simulation={simulation} />}
    </>
  )
}

const Looking = () => (
  <div class="looking" role="status">
    <span class="sr-only">Looking who would move…</span>
    <Skeleton width={80} />
    <Skeleton width={55} />
    <Skeleton width={70} />
  </div>
)

function Outcome({ simulation }: { simulation: Simulation }) {
  const [wanted, setWanted] = useState<Direction | 'all'>('all')
  const [most, setMost] = useState(SHOWN)
  const { moves, pinned } = simulation
  const counts = countsOf(moves)
  const isThere = wanted === 'all' || counts[wanted] > 0
  const found = isThere && wanted !== 'all' ? moves.filter((move) => directionOf(move) === wanted) : moves
  return (
    <div class="outcome">
      <p role="status">{movesInWords(simulation)}</p>
      {pinned.map((one) => (
        <Notice key={one.programTierId} tone="amber">
          {pinnedInWords(one)}
        </Notice>
      ))}
      {moves.length > 0 && (
        <>
          <Filter counts={counts} all={moves.length} wanted={isThere ? wanted : 'all'} choose={setWanted} />
          <ul class="moves" aria-label="Moves">
            {found.slice(0, most).map((move) => (
              <MoveItem key={move.partnerId} move={move} />
            ))}
          </ul>
          {found.length > most && (
            <Button onClick={() => setMost(most + SHOWN)}>Show more of {formatCount(found.length)}</Button>
          )}
          <p class="muted">
            Where everybody ends: whoever goes down keeps the tier for the track’s grace period first.
          </p>
        </>
      )}
    </div>
  )
}

const FILTERS = ['all', ...DIRECTIONS] as const
const FILTER_LABELS: Record<(typeof FILTERS)[number], string> = {
  all: 'All',
  up: 'Up',
  down: 'Down',
  out: 'Out',
}

interface FilterProps {
  counts: Record<Direction, number>
  all: number
  wanted: Direction | 'all'
  choose: (wanted: Direction | 'all') => void
}

const Filter = ({ counts, all, wanted, choose }: FilterProps) => (
  <fieldset class="segments">
    <legend class="sr-only">Show moves</legend>
    {FILTERS.map((filter) => (
      <label key={filter}>
        <input
          class="sr-only"
          type="radio"
          name="moves"
          checked={filter === wanted}
          disabled={filter !== 'all' && counts[filter] === 0}
          onChange={() => choose(filter)}
        />
        {FILTER_LABELS[filter]}
        <span class="number">{formatCount(filter === 'all' ? all : counts[filter])}</span>
      </label>
    ))}
  </fieldset>
)

const TONES = { up: 'green', down: 'amber', out: 'red' } as const
const levelWords = (tier: Tier | null) => (tier ? TIER_LABELS[tier] : 'No tier')

function MoveItem({ move }: { move: Move }) {
  const { partnerId, name, from, to } = move
  const direction = directionOf(move)
  return (
    <li>
      {/* In a tab of its own, so that what is tried stays in sight. */}
      <a class="truncate" href={partnerPath('', partnerId)} target="_blank" rel="noopener" title={name}>
        {name}
        <span class="sr-only"> (opens in a new tab)</span>
      </a>
      <Badge tone={TONES[direction]}>{FILTER_LABELS[direction]}</Badge>
      <p class="levels">
        {levelWords(from)}
        <ArrowRight size={12} aria-hidden="true" />
        <span class="sr-only">to</span>
        {levelWords(to)}
      </p>
      <p class="because">{becauseWords(move)}</p>
    </li>
  )
}
