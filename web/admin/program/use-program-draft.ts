import { useEffect, useState } from 'preact/hooks'
import { focusSoon } from '#web/ui/focus.ts'
import type { Failure } from '#web/ui/place-errors.ts'
import type { Program, Track } from '#worker/program/schema.ts'
import { areSame, draftOf, type Tracks } from './draft.ts'
import { adopted } from './draft-edit.ts'
import { dropEditing, type ProgramEditing, savedEditing, saveEditing } from './draft-storage.ts'
import { type Faults, keysOf, placed, visiblyWrong } from './faults.ts'

const begun = ({ version, tracks }: Program): ProgramEditing => {
  const draft = draftOf(tracks)
  return { basis: { version, tracks: draft }, tracks: draft }
}

/** The state of the page: the programme as it is edited, where that began, and what is wrong with it. */
export function useProgramDraft(userId: string, program: Program) {
  const [restored] = useState(() => savedEditing(userId))
  const [editing, setEditing] = useState(() => restored ?? begun(program))
  const { tracks, basis } = editing
  const unsaved = !areSame(basis.tracks, tracks)
  const opened = useOpened()
  const problems = useProblems(tracks, opened.openFaulty)

  useEffect(() => {
    if (unsaved) saveEditing(userId, editing)
    else dropEditing(userId)
  }, [userId, unsaved, editing])
  useEffect(() => {
    // While nothing was touched, what others have saved since is simply shown.
    if (!unsaved && program.version > basis.version) setEditing(begun(program))
  })

  return {
    ...problems,
    ...opened,
    tracks,
    basis,
    unsaved,
    /** Somebody else saved while this was edited. */
    isBehind: unsaved && program.version > basis.version,
    /** What was edited before a reload or a sign-in, and is not saved yet. */
    isRestored: restored !== null && unsaved && basis.version === restored.basis.version,
    /** Changes the draft as it then is; whatever was wrong at this place is no longer said. */
    change: (place: string | null, next: (tracks: Tracks) => Tracks) => {
      if (place) problems.forget(place)
      setEditing((now) => ({ ...now, tracks: next(now.tracks) }))
    },
    /** Begins from what is saved. Answers the way back. */
    restart: (from: Program = program): (() => void) => {
      problems.clear()
      setEditing(begun(from))
      return () => setEditing(editing)
    },
    /** Takes a version of before for a draft; saving makes it the programme. Answers the way back. */
    restore: (version: readonly Track[]): (() => void) => {
      problems.clear()
      setEditing((now) => ({ ...now, tracks: adopted(draftOf(version), now.basis.tracks) }))
      return () => setEditing(editing)
    },
    /** Goes on with the draft from what somebody else saved meanwhile. */
    keepMine: () =>
      setEditing((now) => {
        const theirs = begun(program)
        return { basis: theirs.basis, tracks: adopted(now.tracks, theirs.tracks) }
      }),
    drop: () => dropEditing(userId),
  }
}

export type ProgramDraft = ReturnType<typeof useProgramDraft>

/** Which tracks and tiers stand open as forms, by their keys. */
function useOpened() {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  return {
    isOpen: (key: string) => open.has(key),
    setOpen: (key: string, isOpen: boolean) =>
      setOpen((before) =>
        isOpen ? new Set([...before, key]) : new Set([...before].filter((k) => k !== key)),
      ),
    openFaulty: (keys: readonly string[]) => setOpen((before) => new Set([...before, ...keys])),
  }
}

const FAULTY = '.program [aria-invalid="true"], .program [data-form-message]'

/** What is wrong, each at its place; the first of them gets the focus. */
function useProblems(tracks: Tracks, open: (keys: readonly string[]) => void) {
  const [faults, setFaults] = useState<Faults>({})
  const [message, setMessage] = useState('')
  const clear = () => {
    setFaults({})
    setMessage('')
  }
  const fail = (failure: Failure) => {
    const found = placed(tracks, failure)
    setFaults(found.faults)
    setMessage(found.message)
    open(ownersOf(tracks, found.faults))
    // After whatever dialog it was said in has closed.
    focusSoon(FAULTY)
  }
  return {
    faults,
    message,
    fail,
    clear,
    forget: (place: string) => setFaults(({ [place]: _, ...others }) => others),
    /** Whether nothing can be seen to be wrong; else it is said. */
    isSendable: (): boolean => {
      const errors = visiblyWrong(tracks)
      if (errors.length > 0) fail({ message: '', errors })
      else clear()
      return errors.length === 0
    },
  }
}

/** The tracks and tiers at which something is wrong. */
function ownersOf(tracks: Tracks, faults: Faults): string[] {
  const faulty = new Set(Object.keys(faults).map((place) => place.slice(0, place.lastIndexOf('/'))))
  return tracks.flatMap((track) => [
    ...(faulty.has(track.key) ? [track.key] : []),
    ...track.tiers.filter((tier) => keysOf(tier).some((key) => faulty.has(key))).map(({ key }) => key),
  ])
}
