import type { Local } from '#local/server.ts'
import type { Client } from './client.ts'

const SCORED_TIMEOUT_MS = 10_000
const SCORED_POLL_MS = 50

/** Whom the organisation of the demo looks for; without it, fit has too little to go by to be a number. */
const IDEAL_PARTNER = {
  industries: ['software-it', 'manufacturing', 'transport-logistics', 'energy-utilities'],
  regions: ['dach', 'nordics', 'benelux', 'uk-ireland', 'north-america'],
  languages: ['en', 'de'],
  types: ['technology', 'channel', 'reseller'],
  subtypes: ['ISV', 'SaaS integration', 'MSP', 'VAR'],
  categories: ['solution', 'technology'],
  technologies: [],
}

export async function describeIdealPartner(owner: Client) {
  const settings = await owner.get<object>('/api/scoring')
  await owner.put('/api/scoring', { ...settings, idealPartner: IDEAL_PARTNER })
}

/** Waits until nothing is due, for a while: what is left, the next minute scores. */
export async function scoreAll(local: Local) {
  await local.tick()
  const due = (await local.d1()).prepare('SELECT count(*) AS partners FROM partners WHERE score_due_at <= ?')
  for (let waited = 0; waited < SCORED_TIMEOUT_MS; waited += SCORED_POLL_MS) {
    if ((await due.bind(Date.now()).first('partners')) === 0) return
    await new Promise((resolve) => setTimeout(resolve, SCORED_POLL_MS))
  }
}
