import type { Local } from '#local/server.ts'
import { DEMO_CONTACT, DEMO_MEMBERS, DEMO_ORGANIZATION, OTHER_ORGANIZATION, OTHER_OWNER } from './accounts.ts'
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
  await describeIdealPartner(local)
  const { items: members } = await client.get<{ items: Member[] }>('/api/members')
  const partners = demoPartners(members, await client.get<Program>('/api/program'))
  await enter(client, partners)
  await enter(other, OTHER_PARTNERS)
  await openPortal(local, DEMO_CONTACT.email)
  await backdate(local, [...partners, ...OTHER_PARTNERS], Date.now())
  await scoreAll(local)
}

async function enter(client: Client, partners: DemoPartner[]) {
  // Oldest first, since ids sort by creation.
  for (const { body } of partners.toSorted((one, two) => two.ageDays - one.ageDays)) {
    await client.post('/api/partners', body)
  }
}
