import { readState, writeState } from './definition.ts'

/** What an address keeps of the table, without what belongs to a drawer. */
export const tableSearch = (search: string) => writeState(readState(search))

/** The directory as `search` describes it. */
export const directoryPath = (search: string) => `/partners${tableSearch(search)}`

/** A partner (or `new`) in front of the table that `search` describes. */
export function partnerPath(id: string, search: string, drawer: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams(drawer).toString()
  const table = tableSearch(search)
  if (query === '') return `/partners/${id}${table}`
  return `/partners/${id}${table === '' ? '?' : `${table}&`}${query}`
}
