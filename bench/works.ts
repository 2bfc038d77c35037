import { nameKey } from '#worker/partners/name-key.ts'
import { type Call, type Client, newCaller } from './http.ts'
import { type Owner, PASSWORD } from './people.ts'

/** One thing that people do, as the app is asked for it and as the floor is. */
export interface Work {
  name: string
  app: () => Call
  floor: () => Call
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

export function worksOf(owner: Owner, { cursor, last, ids }: Landmarks): Work[] {
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
    CREATE,
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
    { name: 'HTML of the app', app: () => get('/partners'), floor: () => get('/shell') },
  ]
}
