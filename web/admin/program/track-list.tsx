import { ChartNoAxesColumnIncreasing, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { EmptyState } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import type { TrackDraft } from './draft.ts'
import { removedFrom, withoutTrack, withTrackBack, withTrackMoved } from './draft-edit.ts'
import { TrackCard } from './track-card.tsx'
import type { ProgramDraft } from './use-program-draft.ts'

interface Props {
  draft: ProgramDraft
  refusal: string | undefined
  onAdd: () => void
}

/** The tracks in the order in which they are tried. */
export function TrackList({ draft, refusal, onAdd }: Props) {
  const { tracks, change } = draft
  const [said, say] = useState('')
  const move = ({ key, name }: TrackDraft, by: number) => {
    const moved = withTrackMoved(tracks, key, by)
    if (moved === tracks) return
    change(null, (now) => withTrackMoved(now, key, by))
    const at = moved.findIndex((track) => track.key === key)
    say(`${name || 'The new track'} is now ${at + 1} of ${moved.length}.`)
    // At an end the button that led there rests; the other one leads back.
    const isAtEnd = at === 0 || at === moved.length - 1
    focusSoon(`[data-move="${CSS.escape(`${key} ${isAtEnd ? -by : by}`)}"]`)
  }
  const remove = (track: TrackDraft) => {
    const removed = removedFrom(tracks, track.key)
    change(null, (now) => withoutTrack(now, track.key))
    focusSoon(HEADING)
    if (!removed) return
    const run = () => change(null, (now) => withTrackBack(now, removed))
    const words = `${track.name || 'The new track'} is removed once you save.`
    toast({ text: words, undo: { label: 'Undo', run } })
  }
  if (tracks.length === 0) return <NoTracks refusal={refusal} onAdd={onAdd} />
  return (
    <>
      {tracks.map((track, at) => (
        <TrackCard
          key={track.key}
          track={track}
          draft={draft}
          refusal={refusal}
          at={at}
          count={tracks.length}
          move={(by) => move(track, by)}
          remove={() => remove(track)}
        />
      ))}
      <p class="sr-only" role="status">
        {said}
      </p>
    </>
  )
}

const NoTracks = ({ refusal, onAdd }: Pick<Props, 'refusal' | 'onAdd'>) => (
  <EmptyState
    icon={ChartNoAxesColumnIncreasing}
    title="No tracks yet"
    action={
      <Button look="primary" unavailable={refusal} onClick={onAdd}>
        <Plus size={14} aria-hidden="true" />
        Add the first track
      </Button>
    }
  >
    A track is a ladder of tiers for partners of some types. Each partner gets the highest tier whose rules it
    meets.
  </EmptyState>
)
