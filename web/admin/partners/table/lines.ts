import type { Groups } from '#worker/partners/list-schema.ts'
import type { PartnerRow } from '#worker/partners/schema.ts'

export type Group = Groups['groups'][number]

/** One line of the table. Those without an id wait for their page. */
export type Line =
  | { kind: 'row'; id: string; row: PartnerRow }
  | { kind: 'group'; id: string; group: Group; open: boolean }
  | { kind: 'waiting'; id: null; key: string }

/** What has been read of a group so far. */
export interface ReadGroup {
  rows: readonly PartnerRow[]
  /** Nothing follows. */
  done: boolean
}

export const linesOf = (rows: readonly PartnerRow[]): Line[] =>
  rows.map((row) => ({ kind: 'row', id: row.id, row }))

/**
 * Every line of a grouped table: a head for each group, and below those that are open a line for each partner, read or
 * not, so that the scroll bar tells the truth and a group can be passed without reading it.
 */
export function groupedLines(
  groups: readonly Group[],
  closed: readonly string[],
  read: ReadonlyMap<string, ReadGroup>,
): Line[] {
  const lines: Line[] = []
  for (const group of groups) {
    const open = !closed.includes(group.key)
    lines.push({ kind: 'group', id: `group:${group.key}`, group, open })
    if (!open) continue
    const { rows, done } = read.get(group.key) ?? UNREAD
    for (const row of rows) lines.push({ kind: 'row', id: row.id, row })
    const waiting: Line = { kind: 'waiting', id: null, key: group.key }
    for (let left = done ? 0 : group.count - rows.length; left > 0; left--) lines.push(waiting)
  }
  return lines
}

const UNREAD: ReadGroup = { rows: [], done: false }

/** A group of which lines are wanted, and how many of its partners that takes. */
export interface Wanted {
  key: string
  count: number
}

/** The open groups between two lines. */
export function wantedGroups(lines: readonly Line[], from: number, to: number): Wanted[] {
  const wanted: Wanted[] = []
  let at = 0
  let group: Group | null = null
  let begins = 0
  for (const line of lines) {
    if (at >= to) break
    if (line.kind === 'group') {
      group = line.open ? line.group : null
      begins = at + 1
    } else if (group && at >= from) {
      const last = wanted.at(-1)
      if (last?.key === group.key) last.count = at - begins + 1
      else wanted.push({ key: group.key, count: at - begins + 1 })
    }
    at++
  }
  return wanted
}
