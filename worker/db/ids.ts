import { encodeTime, ulid } from 'ulidx'

/** What each prefix names; an id is the prefix, `_` and a ULID in lower case, so ids sort by creation. */
export type Prefix =
  | 'act' // an entry of a partner's activity
  | 'aud' // an entry of the audit log
  | 'blk' // an edit of many partners
  | 'con' // a contact
  | 'acc' // a credential of a user
  | 'dlv' // a delivery
  | 'ded' // a dead letter
  | 'frm' // an application form
  | 'lnk' // a mailed link
  | 'mbr' // a member
  | 'org' // an organisation
  | 'prt' // a partner
  | 'req' // a request
  | 'ses' // a session
  | 'sev' // a note on a submission, or a decision about it
  | 'sub' // a submission
  | 'trk' // a track
  | 'trt' // a programme tier
  | 'usr' // a user
  | 'vew' // a saved view

export const newId = (prefix: Prefix) => `${prefix}_${ulid(undefined, chance).toLowerCase()}`

/** What every id of this kind that is made at `at` or later sorts after. */
export const firstId = (prefix: Prefix, at: number) => `${prefix}_${encodeTime(at, 10).toLowerCase()}`

const drawn = new Uint8Array(1_024)
let left = 0
/** From 0 up to 1. An id takes 16 of these, and to ask the runtime for each costs more than all else about an id. */
function chance() {
  if (left === 0) left = crypto.getRandomValues(drawn).length
  return (drawn[--left] ?? 0) / 256
}

/** Whether `text` has the shape of an id of this kind. */
export const isId = (prefix: Prefix, text: string) =>
  text.startsWith(`${prefix}_`) && /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(prefix.length + 1))
