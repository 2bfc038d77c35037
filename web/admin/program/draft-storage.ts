import { isText, listOf, shape } from '#web/admin/shape.ts'
import type { Tracks } from './draft.ts'

/** An edit of the programme: where it began, and what it has come to. */
export interface ProgramEditing {
  basis: { version: number; tracks: Tracks }
  tracks: Tracks
}

/** For this tab and this user only. */
const keyOf = (userId: string) => `draft:${userId}:program`

/** Survives a reload and a sign-in in between, with where it began: what others do meanwhile is still noticed. */
export const saveEditing = (userId: string, editing: ProgramEditing) =>
  sessionStorage.setItem(keyOf(userId), JSON.stringify(editing))
export const dropEditing = (userId: string) => sessionStorage.removeItem(keyOf(userId))
export const savedEditing = (userId: string) => readEditing(sessionStorage.getItem(keyOf(userId)) ?? 'null')

/** Null for anything that is no edit of this release. */
export function readEditing(text: string): ProgramEditing | null {
  const saved: unknown = JSON.parse(text)
  return isEditing(saved) ? saved : null
}

const isRule = shape({
  key: isText,
  metric: isText,
  op: isText,
  low: isText,
  high: isText,
  chosen: listOf(isText),
})
const isTier = shape({
  key: isText,
  level: isText,
  name: isText,
  color: isText,
  benefits: isText,
  rules: listOf(isRule),
})
const isTracks = listOf(
  shape({ key: isText, name: isText, types: listOf(isText), graceDays: isText, tiers: listOf(isTier) }),
)
const isWhole = shape({
  basis: shape({ version: Number.isInteger, tracks: isTracks }),
  tracks: isTracks,
})
const isEditing = (value: unknown): value is ProgramEditing => isWhole(value)
