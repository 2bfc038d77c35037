import type { BrowserContextOptions } from 'playwright-core'
import { founder, visitor } from './journey.ts'
import { fresh } from './people.ts'
import type { Api, Visitor } from './visitor.ts'

export interface MadeForm {
  id: string
  slug: string
  version: number
}

const text = (id: string, label: string, more = {}) => ({ id, type: 'text', label, required: false, ...more })

/** One question of each kind, and something to agree to. */
export const SECTIONS = [
  {
    id: 'about',
    kind: 'fields',
    title: 'Your company',
    questions: [
      text('company', 'Company', { required: true, mapsTo: 'companyName' }),
      text('site', 'Website', { type: 'url', mapsTo: 'companyDomain', help: 'Where people find you.' }),
      text('mail', 'E-mail', { type: 'email', required: true, mapsTo: 'contactEmail' }),
      text('phone', 'Phone', { type: 'phone' }),
      text('staff', 'Employees', { type: 'number', min: 1 }),
      text('since', 'Founded on', { type: 'date' }),
      text('land', 'Country', { type: 'country' }),
      text('kind', 'Kind of partner', {
        type: 'select',
        required: true,
        options: [
          { id: 'resell', label: 'Reseller' },
          { id: 'refer', label: 'Referral' },
        ],
      }),
      text('ways', 'Ways to work together', {
        type: 'multiSelect',
        options: [
          { id: 'sell', label: 'Sell' },
          { id: 'build', label: 'Build' },
        ],
      }),
      text('why', 'Why us?', { type: 'longText', minLength: 5 }),
      text('news', 'Send me news', { type: 'checkbox' }),
    ],
  },
  {
    id: 'terms',
    kind: 'agreement',
    title: 'Programme terms',
    text: `Be *fair*.\n\n${'And kind. '.repeat(90)}`,
  },
]

/** Publishes a form; `changes` are parts of it. */
export const publish = (api: Api, changes: Record<string, unknown> = {}) =>
  api.post<MadeForm>('/api/forms', {
    name: 'Become a partner',
    slug: fresh('become-a-partner'),
    sections: SECTIONS,
    content: { title: 'Become a partner', submitLabel: 'Apply', successMessage: 'Thank you. We will write.' },
    share: { public: true, embed: true, sites: [] },
    state: 'published',
    ...changes,
  })

/** A published form, and somebody who has nothing to do with whoever made it. */
export async function applicant(
  changes: Record<string, unknown> = {},
  options: BrowserContextOptions = {},
): Promise<Visitor & { form: MadeForm; owner: Visitor; path: string }> {
  const owner = await founder()
  const form = await publish(owner.api, changes)
  return { ...(await visitor(options)), form, owner, path: `/apply/${form.slug}` }
}
