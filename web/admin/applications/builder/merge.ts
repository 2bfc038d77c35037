import { changedParts, type FormDraft, type FormPart } from './draft.ts'

/** What two people did to one form since it was the same for both. */
export interface Meeting {
  /** Changed by the other alone: comes along. */
  theirs: readonly FormPart[]
  /** Changed by both: one has to choose. */
  both: readonly FormPart[]
}

export function meetingOf(basis: FormDraft, mine: FormDraft, theirs: FormDraft): Meeting {
  const byThem = changedParts(basis, theirs)
  const byMe = changedParts(basis, mine)
  return {
    theirs: byThem.filter((part) => !byMe.includes(part)),
    // The same change twice is none to choose between.
    both: changedParts(mine, theirs).filter((part) => byThem.includes(part) && byMe.includes(part)),
  }
}

/** Theirs, with those parts of mine that I changed and do not give up. */
export function merged(
  basis: FormDraft,
  mine: FormDraft,
  theirs: FormDraft,
  givenUp: readonly FormPart[],
): FormDraft {
  const kept = changedParts(basis, mine).filter((part) => !givenUp.includes(part))
  return kept.reduce((draft, part) => withPart(draft, mine, part), theirs)
}

const withPart = (draft: FormDraft, from: FormDraft, part: FormPart): FormDraft => ({
  ...draft,
  [part]: from[part],
})
