import { readState, writeState } from './definition.ts'

let last = { search: '', table: '' }

/** What an address keeps of the table, without what belongs to a drawer. Every row asks for the same one. */
function tableSearch(search: string) {
  if (last.search !== search) last = { search, table: writeState(readState(search)) }
  return last.table
}

/** The directory as `search` describes it. */
export const directoryPath = (search: string) => `/partners${tableSearch(search)}`

/** A partner (or `new`) in front of the table that `search` describes. */
export function partnerPath(id: string, search: string, drawer: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams(drawer).toString()
  const table = tableSearch(search)
  if (query === '') return `/partners/${id}${table}`
  return `/partners/${id}${table === '' ? '?' : `${table}&`}${query}`
}
