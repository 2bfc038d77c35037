import { FlaskConical, History, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useProgram } from '#web/admin/partners/directory.ts'
import { PageHead } from '#web/admin/shell/page-head.tsx'
import { reasonAgainst, useMe } from '#web/me.ts'
import { explain, isNetworkLoss } from '#web/problem.ts'
import { Button } from '#web/ui/button.tsx'
import { focusSoon, HEADING } from '#web/ui/focus.ts'
import { SaveBar } from '#web/ui/save-bar.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useMedia } from '#web/ui/use-media.ts'
import { usePageGuard } from '#web/ui/use-page-guard.tsx'
import type { Me } from '#worker/auth/schema.ts'
import type { Program } from '#worker/program/schema.ts'
import { TRACKS_MAX } from '#worker/program/terms.ts'
import { newTrack } from './draft.ts'
import { editorOf } from './focus.ts'
import { Notices } from './notices.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { Simulator } from './simulator.tsx'
import { TrackList } from './track-list.tsx'
import { useProgramDraft } from './use-program-draft.ts'
import { useSaving } from './use-saving.ts'
import { useSimulation } from './use-simulation.ts'
import { VersionsDrawer } from './versions-drawer.tsx'
import './program.css'

/** Tracks, tiers and their rules, tried before they are saved. */
export function ProgramPage() {
  const { data: me } = useMe()
  const { data: program, error, refetch } = useProgram()
  if (me && program) return <Editing me={me} program={program} />
  return (
    <>
      <PageHead title="Programme" />
      {error ? (
        <ErrorState
          title="The programme could not be loaded"
          message={explain(error).message}
          offline={isNetworkLoss(error)}
          onRetry={() => void refetch()}
        />
      ) : (
        <Waiting />
      )}
    </>
  )
}

/** The shape of what comes. */
const Waiting = () => (
  <div class="program page-body" aria-busy="true">
    <span class="sr-only" role="status">
      Loading the programme…
    </span>
    <div class="program-main" aria-hidden="true">
      {[16, 13, 15].map((track) => (
        <div key={track} class="track">
          <Skeleton width={track} />
          <ol class="ladder">
            {[58, 66, 74].map((tier) => (
              <li key={tier} class="tier-card" style={{ '--tier-color': 'var(--pressed)' }}>
                {[tier - 34, tier, tier - 20, tier - 14].map((width) => (
                  <Skeleton key={width} width={width} />
                ))}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  </div>
)

function Editing({ me, program }: { me: Me; program: Program }) {
  const refusal = reasonAgainst(me, 'admin')
  const draft = useProgramDraft(me.user.id, program)
  const simulation = useSimulation(draft)
  const [shown, show] = useState<'versions' | 'saving' | 'trial' | null>(null)
  const close = () => show(null)
  const save = useSaving(draft, simulation, close)
  const question = usePageGuard({
    unsaved: draft.unsaved,
    title: 'Discard your changes?',
    words: 'What you changed of the programme has not been saved.',
    onDiscard: draft.drop,
  })
  const addTrack = () => {
    const track = newTrack()
    draft.change(null, (tracks) => [...tracks, track])
    draft.setOpen(track.key, true)
    focusSoon(`${editorOf(track.key)} input`)
  }
  /** What was pressed for it may be no more. */
  const told = (text: string, run: () => void) => {
    toast({ text, undo: { label: 'Undo', run } })
    focusSoon(HEADING)
  }
  const narrow = useMedia('(width < 72rem)')
  const tryIt = async () => {
    if (!draft.isSendable()) return
    show('trial')
    // What is wrong is said at its field, which a sheet would cover.
    if (!(await simulation.run())) close()
  }
  const tooMany = draft.tracks.length >= TRACKS_MAX ? `At most ${TRACKS_MAX} tracks.` : undefined
  const isTrialShown = simulation.simulation !== null || simulation.running || simulation.failure !== ''
  return (
    <>
      <PageHead title="Programme" count={draft.tracks.length}>
        <Button onClick={() => show('versions')}>
          <History size={14} aria-hidden="true" />
          Versions
        </Button>
        <Button unavailable={refusal ?? tooMany} onClick={addTrack}>
          <Plus size={14} aria-hidden="true" />
          Add track
        </Button>
      </PageHead>
      <div class="program page-body" data-tried={isTrialShown || undefined}>
        <div class="program-main">
          <Notices
            userId={me.user.id}
            program={program}
            draft={draft}
            takeTheirs={() => told('You have taken theirs.', draft.restart())}
          />
          <TrackList draft={draft} refusal={refusal} onAdd={addTrack} />
        </div>
        {isTrialShown && (narrow ? shown === 'trial' : shown !== 'saving') && (
          <Simulator state={simulation} narrow={narrow} onClose={narrow ? close : simulation.close} />
        )}
      </div>
      <SaveBar
        unsaved={draft.unsaved}
        refusal={refusal}
        action="Save…"
        onSave={() => draft.isSendable() && show('saving')}
        onDiscard={() => told('Your changes are discarded.', draft.restart())}
      >
        <Button data-try unavailable={refusal} busy={simulation.running} onClick={() => void tryIt()}>
          <FlaskConical size={14} aria-hidden="true" />
          Try it
        </Button>
      </SaveBar>
      {shown === 'saving' && <SaveDialog simulation={simulation} save={save} onClose={close} />}
      {shown === 'versions' && (
        <VersionsDrawer
          program={program}
          refusal={refusal}
          restore={(n, tracks) => {
            told(`Version ${n} is in the editor. Save to apply it.`, draft.restore(tracks))
            close()
          }}
          onClose={close}
        />
      )}
      {question}
    </>
  )
}
