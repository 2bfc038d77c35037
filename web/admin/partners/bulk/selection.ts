/** The partners that are chosen, by id, so that scrolling, paging and reading anew change nothing about them. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** All that match are chosen, and so many were seen to; then `ids` is empty. */
  readonly all: number | null
  /** Where a range begins. */
  readonly anchor: string | null
}

export const NOTHING: Selection = { ids: new Set(), all: null, anchor: null }

/** As much of a line as a selection needs; heads of groups and lines that wait for their page are no partners. */
export interface SelectableLine {
  readonly kind: 'row' | 'group' | 'waiting'
  readonly id: string | null
}

export const isSelected = ({ ids, all }: Selection, id: string) => all !== null || ids.has(id)
export const countOf = ({ ids, all }: Selection) => all ?? ids.size
export const everything = (count: number): Selection => ({ ...NOTHING, all: count })

/** Chooses a partner, or no longer. Out of all that match, those that are read stay without it. */
export function toggled(selection: Selection, id: string, lines: readonly SelectableLine[]): Selection {
  const ids = listed(selection, lines)
  if (!ids.delete(id)) ids.add(id)
  return { ids, all: null, anchor: id }
}

/** What happens to `id` happens to all from where the range begins; without a beginning in sight, to it alone. */
export function rangedTo(selection: Selection, id: string, lines: readonly SelectableLine[]): Selection {
  const from = lines.findIndex((line) => line.id === selection.anchor)
  const to = lines.findIndex((line) => line.id === id)
  if (selection.anchor === null || from < 0 || to < 0) return toggled(selection, id, lines)
  const ids = listed(selection, lines)
  const on = !ids.has(id)
  for (const between of rowsBetween(lines, from, to))
    if (on) ids.add(between)
    else ids.delete(between)
  return { ids, all: null, anchor: selection.anchor }
}

/**
 * The focus went from a line to the one beside it with Shift held. Away from where that began it chooses both; back
 * towards there it lets go of the one that it left.
 */
export function extended(
  selection: Selection,
  from: number,
  to: number,
  lines: readonly SelectableLine[],
): Selection {
  const left = lines[from]
  const ids = listed(selection, lines)
  const began = left?.id && ids.has(left.id) ? lines.findIndex(({ id }) => id === selection.anchor) : -1
  const start = began < 0 ? from : began
  if (from !== to && Math.abs(to - start) < Math.abs(from - start)) {
    if (left?.kind === 'row' && left.id) ids.delete(left.id)
    return { ids, all: null, anchor: selection.anchor }
  }
  for (const id of rowsBetween(lines, from, to)) ids.add(id)
  return { ids, all: null, anchor: lines[start]?.id ?? null }
}

/** How much of what is read is chosen. */
export function shareOf(selection: Selection, lines: readonly SelectableLine[]): 'none' | 'some' | 'all' {
  if (selection.all !== null) return 'all'
  if (selection.ids.size === 0) return 'none'
  return lines.every(({ kind, id }) => kind !== 'row' || id === null || selection.ids.has(id))
    ? 'all'
    : 'some'
}

/** Chooses all that are read; when they are chosen already, nobody. */
export const allToggled = (selection: Selection, lines: readonly SelectableLine[]): Selection =>
  shareOf(selection, lines) === 'all' ? NOTHING : { ...NOTHING, ids: new Set(rowsIn(lines)) }

/** Without these, because they are no longer there. */
export function without(selection: Selection, gone: readonly string[]): Selection {
  const ids = new Set(selection.ids)
  for (const id of gone) ids.delete(id)
  return { ...selection, ids }
}

/** How many partners are read. */
export const loadedIn = (lines: readonly SelectableLine[]) => rowsIn(lines).length

const listed = ({ ids, all }: Selection, lines: readonly SelectableLine[]) =>
  new Set(all === null ? ids : rowsIn(lines))

const rowsIn = (lines: readonly SelectableLine[]) =>
  lines.flatMap(({ kind, id }) => (kind === 'row' && id !== null ? [id] : []))

const rowsBetween = (lines: readonly SelectableLine[], one: number, other: number) =>
  rowsIn(lines.slice(Math.min(one, other), Math.max(one, other) + 1))
