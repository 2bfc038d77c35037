import type { Local } from '#local/server.ts'
import { DEMO_CONTACT, DEMO_MEMBERS, DEMO_ORGANIZATION, OTHER_ORGANIZATION, OTHER_OWNER } from './accounts.ts'
import { loadApplications } from './applications.ts'
import type { Client } from './client.ts'
import { type DemoPartner, demoPartners, type Member, type Program } from './directory.ts'
import { backdate } from './history.ts'
import { describeIdealPartner, scoreAll } from './ideal.ts'
import { OTHER_PARTNERS } from './other.ts'
import { found, invite, openPortal } from './people.ts'

/** Enters the demo through the API, so that it is what people could have entered; only its dates are moved afterwards. */
export async function loadDemo(local: Local) {
  const [owner, colleagues] = [DEMO_MEMBERS[0], DEMO_MEMBERS.slice(1)]
  const [client, other] = await Promise.all([
    found(local, DEMO_ORGANIZATION, owner),
    found(local, OTHER_ORGANIZATION, OTHER_OWNER),
  ])
  await Promise.all(colleagues.map((colleague) => invite(local, client, colleague)))
  await describeIdealPartner(client)
  const { items: members } = await client.get<{ items: Member[] }>('/api/members')
  const partners = demoPartners(members, await client.get<Program>('/api/program'))
  await enter(client, partners)
  await enter(other, OTHER_PARTNERS)
  await openPortal(local, DEMO_CONTACT.email)
  await loadApplications(local, client)
  await backdate(local, [...partners, ...OTHER_PARTNERS], Date.now())
  await scoreAll(local)
}

async function enter(client: Client, partners: DemoPartner[]) {
  // Oldest first, since ids sort by creation.
  for (const [at, partner] of partners.toSorted((one, two) => two.ageDays - one.ageDays).entries()) {
    const { id } = await client.post<{ id: string }>('/api/partners', partner.body)
    const dealing = dealingOf(partner, at)
    if (dealing) await client.post(`/api/partners/${id}/activity`, dealing)
  }
}

const DEALINGS = [
  ['meeting', 'Went through the pipeline of the quarter, and agreed on the next two customer visits.'],
  ['call', 'Their new account team is in place. They ask for a technical session on integrations.'],
  ['email', 'Sent the updated price list; they will come back with questions next week.'],
] as const
const DAY_MS = 86_400_000
/** How long ago the last dealings lie: mostly this month, some a good while back. */
const DAYS_AGO = [2, 5, 9, 14, 21, 33, 55, 80]
/** Whom nobody has spoken with. */
const QUIET = new Set(['prospect', 'dormant', 'offboarded'])

function dealingOf({ body, ageDays }: DemoPartner, at: number) {
  const [dealing, daysAgo] = [DEALINGS[at % DEALINGS.length], DAYS_AGO[at % DAYS_AGO.length]]
  if (!dealing || daysAgo === undefined || daysAgo > ageDays || QUIET.has(String(body.stage))) return null
  const [kind, text] = dealing
  return { kind, on: new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10), text }
}
