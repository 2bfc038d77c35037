export const TABS = ['overview', 'scores', 'contacts', 'activity'] as const
export type Tab = (typeof TABS)[number]

/** What a drawer adds to the search; everything else in it is the table's, and stays. */
const OWN = ['tab', 'score']

let last = { search: '', table: '' }

/** What belongs to the table. Every row asks for the same search. */
function tableIn(search: string) {
  if (last.search === search) return last.table
  const params = new URLSearchParams(search)
  for (const name of OWN) params.delete(name)
  last = { search, table: readable(params) }
  return last.table
}

/** Commas need no escape in a query, and read better without. */
const readable = (params: URLSearchParams) =>
  params.size > 0 ? `?${params.toString().replaceAll('%2C', ',')}` : ''

function searchWith(search: string, own: Readonly<Record<string, string>> = {}) {
  const table = tableIn(search)
  const params = new URLSearchParams(own)
  if (params.size === 0) return table
  return table === '' ? `?${params}` : `${table}&${params}`
}

/** The directory as the search has it, without a drawer. */
export const directoryPath = (search: string) => `/partners${searchWith(search)}`

/** The drawer of a partner, above the table as it is. */
export const partnerPath = (search: string, id: string, own: { tab?: Tab; score?: string } = {}) =>
  `/partners/${id}${searchWith(search, own)}`

export const editPath = (search: string, id: string) => `/partners/${id}/edit${searchWith(search)}`

/** A page of its own, from which one comes back to the table as it was. */
export const planPath = (search: string, id: string) => `/partners/joint-plan/${id}${searchWith(search)}`

/** The tab that the search asks for; a link to a score leads to the scores. */
export function tabIn({ tab, score }: Readonly<Record<string, string>>): Tab {
  const asked = TABS.find((one) => one === tab)
  return asked ?? (score === undefined ? 'overview' : 'scores')
}

const PARTNER = /^(new|prt_[0-9a-z]{26})$/

/** The partner that a path names. Whatever can be none is an id that nobody has, so that it never becomes part of an address of the API. */
export const partnerIdIn = (param: string | undefined) =>
  param === undefined || PARTNER.test(param) ? param : 'unknown'
