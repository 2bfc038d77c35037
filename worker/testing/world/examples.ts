import type { RouteEntry } from '#worker/http/registry.ts'
import { keyOf } from '#worker/http/registry.ts'
import { DEFAULT_FIT_WEIGHTS, DEFAULT_HEALTH_WEIGHTS } from '#worker/scoring/defaults.ts'
import { png } from '#worker/testing/images.ts'
import { PASSWORD } from '#worker/testing/people.ts'
import type { Ids, Login, Side } from './side.ts'
import { idsOf } from './world.ts'

/** What a request for a route says, apart from who asks. */
export interface Example {
  readonly path: string
  readonly body?: unknown
}

const SCORING = {
  idealPartner: {
    industries: ['insurance'],
    regions: ['dach'],
    languages: ['de'],
    types: ['technology'],
    subtypes: ['ISV'],
    categories: ['solution'],
    technologies: ['salesforce'],
  },
  fitWeights: DEFAULT_FIT_WEIGHTS,
  healthWeights: DEFAULT_HEALTH_WEIGHTS,
}

/** A body for every route that takes one, with every field filled; each is accepted when the right person sends it. */
const BODIES: Record<string, (ids: Ids, login: Login, side: Side) => unknown> = {
  'POST /api/auth/sign-in/email': (_, { email }) => ({ email, password: PASSWORD }),
  'POST /api/auth/request-password-reset': (_, { email }) => ({ email, redirectTo: '/login' }),
  'POST /api/auth/link': (_ids, _login, { linkToken }) => ({ token: linkToken }),
  'POST /api/auth/reset-password': (_ids, _login, { linkToken }) => ({
    token: linkToken,
    newPassword: 'another long password',
  }),
  'PATCH /api/me': () => ({ name: 'Ada Lovelace' }),
  'POST /api/account/password': () => ({ currentPassword: PASSWORD, newPassword: 'another long password' }),
  'POST /api/organizations': () => ({
    name: 'Newcomer Inc.',
    owner: { name: 'Nora Newcomer', email: 'nora@newcomer.example' },
  }),
  'POST /api/members': () => ({ email: 'newcomer@people.example', role: 'manager' }),
  'PATCH /api/members/:id': () => ({ role: 'manager' }),
  'PUT /api/scoring': () => ({ version: 1, ...SCORING }),
  'POST /api/scoring/preview': () => SCORING,
  'POST /api/partners': ({ member, tier, track }) => ({
    name: 'Newcomer',
    domain: 'newcomer.example',
    type: 'technology',
    region: 'dach',
    subtype: 'ISV',
    category: 'solution',
    industry: 'software-it',
    stage: 'prospect',
    regions: ['dach'],
    languages: ['de'],
    tags: ['new'],
    jointValueProposition: 'Better together.',
    keyStakeholders: [{ name: 'Grace', role: 'CTO', side: 'partner', email: 'grace@newcomer.example' }],
    managerId: member,
    rating: 3,
    certifications: 1,
    tier: 'gold',
    programTierId: tier,
    trackId: track,
    submissionId: null,
    primaryContact: {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@newcomer.example',
      title: 'CEO',
      phone: '+49 1',
    },
  }),
}

/** Bodies of the routes of partners and views that change what is there. */
const CHANGES: typeof BODIES = {
  'PATCH /api/partners/:id': ({ member, tier, track }) => ({
    version: 1,
    name: 'Renamed',
    domain: 'renamed.example',
    type: 'technology',
    region: 'nordics',
    subtype: 'SaaS integration',
    category: 'solution',
    industry: 'software-it',
    stage: 'active',
    regions: ['nordics'],
    languages: ['sv'],
    tags: ['changed'],
    jointValueProposition: 'Better together.',
    keyStakeholders: [{ name: 'Grace', role: 'CTO', side: 'partner', email: 'grace@renamed.example' }],
    managerId: member,
    partnerLeadId: null,
    rating: 4,
    pulse: 4,
    certifications: 2,
    tier: 'gold',
    programTierId: tier,
    trackId: track,
    tierReason: 'Earned',
  }),
  'POST /api/partners/:id/activity': () => ({ kind: 'meeting', on: '2026-03-31', text: 'We met.' }),
  'POST /api/partners/:id/contacts': () => ({
    firstName: 'Grace',
    lastName: 'Hopper',
    email: 'grace@second.example',
    title: 'CTO',
    phone: '+49 2',
  }),
  'PATCH /api/partners/:id/contacts/:contactId': () => ({
    version: 1,
    firstName: 'Grace',
    lastName: 'Hopper',
    email: 'grace@changed.example',
    title: 'CTO',
    phone: '+49 2',
    primary: true,
  }),
  'POST /api/partners/delete': ({ partner, otherPartner }) => ({ ids: [partner, otherPartner] }),
  'POST /api/partners/bulk': ({ partner, otherPartner, member }) => ({
    ids: [partner, otherPartner],
    set: {
      managerId: member,
      stage: 'active',
      addTags: ['added'],
      removeTags: ['removed'],
      tier: 'platinum',
    },
  }),
  'PUT /api/partners/:id/logo': () => png(2, 2),
  'POST /api/partners/:id/suggestions/ignore': () => ({ field: 'name', value: 'Another name' }),
  'POST /api/forms/:id/test-notification': () => ({ channel: 'email' }),
  'POST /apply/:slug': (_ids, _login, { formToken }) => ({
    answers: { company: 'Newcomer' },
    agreements: ['s2'],
    token: formToken,
    seconds: 60,
  }),
  'POST /api/views': () => ({ name: 'Mine', shared: false, definition: DEFINITION }),
  'PUT /api/program': (ids) => program(ids),
  'POST /api/program/simulate': (ids) => program(ids),
  'PUT /api/views/default': ({ view }) => ({ viewId: view }),
  'POST /api/forms': () => form('newcomers'),
  'PUT /api/forms/:id/banner': () => png(2, 2),
  'PUT /api/forms/:id/sections/:sectionId/document': () => new TextEncoder().encode('%PDF-1.7\n%%EOF\n'),
  'PATCH /api/forms/:id': () => ({ ...form('renamed-form'), version: 1 }),
  'PATCH /api/views/:id': () => ({ version: 1, name: 'Renamed', shared: false, definition: DEFINITION }),
}
const DEFINITION = {
  filters: { type: ['technology'] },
  search: '',
  sort: 'name',
  groupBy: 'type',
  columns: ['type'],
}

/** The programme of one track and one tier that the world has, changed a little. */
const program = ({ tier, track }: Ids) => ({
  version: 1,
  tracks: [
    {
      id: track,
      name: 'Renamed track',
      types: ['technology'],
      graceDays: 7,
      tiers: [
        {
          id: tier,
          level: 'gold',
          name: 'Renamed tier',
          color: '#b7862c',
          benefits: 'More of it.',
          rules: [{ metric: 'stage', op: 'anyOf', value: ['active'] }],
        },
      ],
    },
  ],
})

/** A form with every field filled, fit to be published. */
const form = (slug: string) => ({
  name: 'Newcomers',
  slug,
  state: 'published',
  sections: [
    {
      id: 'about',
      kind: 'fields',
      title: 'About you',
      description: 'Who you are.',
      questions: [
        {
          id: 'company',
          type: 'text',
          label: 'Company',
          help: 'As it is registered.',
          placeholder: 'Acme',
          required: true,
          minLength: 2,
          maxLength: 100,
          mapsTo: 'companyName',
        },
        { id: 'deals', type: 'number', label: 'Deals', required: false, min: 0, max: 100 },
        {
          id: 'kind',
          type: 'select',
          label: 'Kind',
          required: false,
          options: [{ id: 'a', label: 'Reseller' }],
        },
      ],
    },
    { id: 'terms', kind: 'agreement', title: 'Terms', text: '**Be kind.**', documentUrl: null },
  ],
  design: {
    bannerUrl: null,
    bannerColor: '#1a56db',
    bannerHeight: 200,
    font: 'serif',
    accent: '#1a56db',
  },
  content: {
    title: 'Join us',
    description: 'Tell us *more*.',
    submitLabel: 'Send',
    successMessage: 'Thank you.',
    language: 'en',
  },
  share: { public: true, embed: true, sites: ['https://www.example.com'] },
  notifications: {
    emails: ['team@people.example'],
    slackWebhook: 'https://hooks.slack.com/services/T000/B000/x9Zk',
    slackWebhookHint: null,
    rhythm: 'daily',
  },
  dailyCap: 10,
})

/** What follows the path of a route that reads a query. */
const QUERIES: Record<string, (ids: Ids) => string> = {
  'GET /api/partners': () => '?limit=10',
  'GET /api/partners/changes': () => '?since=2026-01-01T00:00:00.000Z',
  'GET /api/partners/groups': () => '?by=type',
  'GET /api/partners/tags': () => '?q=a',
  'GET /api/partners/rows': ({ partner, otherPartner }) => `?id=${partner}&id=${otherPartner}`,
}

/** The id that a name in a path stands for; the first that fits. */
const PARAMETERS: readonly (readonly [name: string, path: RegExp, id: keyof Ids])[] = [
  [':id', /^\/api\/members\/:id\/invitation$/, 'invited'],
  [':id', /^\/api\/members\//, 'member'],
  [':id', /^\/api\/partners\/bulk\//, 'bulk'],
  [':id', /^\/api\/partners\//, 'partner'],
  [':contactId', /^\/api\/partners\//, 'spareContact'],
  [':id', /^\/api\/views\//, 'view'],
  [':id', /^\/api\/deliveries\//, 'delivery'],
  [':slug', /^\/(?:apply|api\/public\/forms)\//, 'slug'],
  [':id', /^\/api\/forms\/:id$/, 'spareForm'],
  [':id', /^\/api\/forms\//, 'form'],
  [':sectionId', /^\/api\/forms\//, 'section'],
  [':n', /^\/api\/program\/versions\//, 'version'],
  [':key', /^\/files\//, 'logo'],
  [':key', /^\/form-files\//, 'formFile'],
  [':id', /^\/api\/account\/sessions\//, 'session'],
]

/** A request that the person may make, if anybody of their organisation may. */
export function exampleFor({ method, path, body }: RouteEntry, side: Side, login: Login): Example {
  const key = keyOf(method, path)
  const ids = idsOf(side, login)
  const filled = path.replace(/:\w+/g, (name) => {
    const known = PARAMETERS.find(([of, paths]) => of === name && paths.test(path))
    if (!known) throw new Error(`Say in examples.ts which id ${name} of ${key} is.`)
    return ids[known[2]]
  })
  const at = `${filled.replace('*', 'anything')}${QUERIES[key]?.(ids) ?? ''}`
  const write = BODIES[key] ?? CHANGES[key]
  if (body && !write) throw new Error(`Write a body for ${key} in examples.ts.`)
  return write ? { path: at, body: write(ids, login, side) } : { path: at }
}
