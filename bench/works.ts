import { nameKey } from '#worker/partners/name-key.ts'
import { searchQuery } from '#worker/partners/search.ts'
import { application, type OpenForm } from './applicants.ts'
import { type Call, type Client, newCaller } from './http.ts'
import { type Owner, PASSWORD } from './people.ts'

/** One thing that people do, as the app is asked for it and as the floor is. */
export interface Work {
  name: string
  app: () => Call
  floor: () => Call
  /** It leaves scores to be computed, which would slow down whatever is measured next. */
  scores?: true
  /** The floor is put under load, too. */
  loadsFloor?: true
}

/** What a reader of the directory holds after nine pages. */
export interface Landmarks {
  cursor: string
  /** The last partner of the ninth page. */
  last: { id: string; name: string }
  /** Whom the first page shows. */
  ids: string[]
}

const get = (path: string): Call => ({ method: 'GET', path })
let serial = 0
/** A name that no partner has yet. */
export const unusedName = () => `bench-${Date.now().toString(36)}-${++serial}`

export const newPartner = (name: string): Call => ({
  method: 'POST',
  path: '/api/partners',
  body: {
    name,
    domain: `${name}.example`,
    type: 'technology',
    region: 'dach',
    primaryContact: { firstName: 'Ada', lastName: 'Lovelace', email: `ada@${name}.example` },
  },
})

export const LIST: Work = {
  name: 'list, first page of 50',
  app: () => get('/api/partners'),
  floor: () => get('/list'),
}
export const CREATE: Work = {
  name: 'create a partner',
  app: () => newPartner(unusedName()),
  floor: () => get(`/create?name=${unusedName()}`),
  scores: true,
}

export const SUBMIT = 'submit an application'
const submitTo = (form: OpenForm): Work => ({
  name: SUBMIT,
  app: () => application(form, unusedName()),
  floor: () => get(`/submit?name=${unusedName()}`),
  // An alert goes out, for the first ten within a minute.
  scores: true,
})

/** One house of a company: as many hits in every directory. */
const SEARCHED = 'altavista analytics'
export const searchBy = ({ orgId }: Owner): Work => ({
  name: 'search',
  app: () => get(`/api/partners?search=${encodeURIComponent(SEARCHED)}`),
  floor: () => get(`/search?terms=${encodeURIComponent(searchQuery(orgId, SEARCHED) ?? '')}`),
})
export const GROUPS: Work = {
  name: 'groups by region',
  app: () => get('/api/partners/groups?by=region'),
  floor: () => get('/groups'),
}

/** Reads pages from the first to the ninth. */
export async function landmarksOf(client: Client): Promise<Landmarks> {
  const pages: { items: { id: string; name: string }[]; nextCursor: string }[] = []
  for (let cursor = ''; pages.length < 9; cursor = `?cursor=${pages.at(-1)?.nextCursor}`)
    pages.push(JSON.parse((await client.expect(get(`/api/partners${cursor}`))).text))
  const [first, ninth] = [pages[0], pages.at(-1)]
  const last = ninth?.items.at(-1)
  if (!first || !last) throw new Error('The directory is too small.')
  return { cursor: ninth?.nextCursor ?? '', last, ids: first.items.map(({ id }) => id) }
}

/** Everybody on the first page by turns; the version that an edit answers is what the next one starts from. */
function editOf(ids: readonly string[]): Work {
  const versions = new Map<string, number>()
  let turn = 0
  const next = () => ids[turn++ % ids.length] ?? ''
  return {
    name: 'edit a partner',
    app: () => {
      const id = next()
      const version = versions.get(id) ?? 1
      versions.set(id, version + 1)
      return {
        method: 'PATCH',
        path: `/api/partners/${id}`,
        body: { version, jointValueProposition: `Sold by both sides, edition ${version + 1}.` },
      }
    },
    floor: () => get(`/edit?id=${next()}`),
    scores: true,
  }
}

export const FORM = 'public form'
/** Beside a constant page of 10 kB. */
const openingOf = ({ slug }: OpenForm): Work => ({
  name: FORM,
  app: () => get(`/apply/${slug}`),
  floor: () => get('/html'),
  loadsFloor: true,
})

export function worksOf(owner: Owner, { cursor, last, ids }: Landmarks, form: OpenForm): Work[] {
  const query = new URLSearchParams(ids.map((id) => ['id', id])).toString()
  const beyond = new URLSearchParams({ name: nameKey(last.name), id: last.id })
  return [
    LIST,
    {
      name: 'list, tenth page',
      app: () => get(`/api/partners?cursor=${cursor}`),
      floor: () => get(`/page?${beyond}`),
    },
    {
      name: 'refresh of 50 rows',
      app: () => get(`/api/partners/rows?${query}`),
      floor: () => get(`/rows?${query}`),
    },
    searchBy(owner),
    GROUPS,
    CREATE,
    editOf(ids),
    submitTo(form),
    {
      name: 'sign in',
      app: () => ({
        method: 'POST',
        path: '/api/auth/sign-in/email',
        body: { email: owner.email, password: PASSWORD },
        headers: { 'CF-Connecting-IP': newCaller() },
      }),
      floor: () => get('/sign-in'),
    },
    { name: 'who am I', app: () => get('/api/me'), floor: () => get('/me') },
    openingOf(form),
    { name: 'HTML of the app', app: () => get('/partners'), floor: () => get('/shell') },
  ]
}
