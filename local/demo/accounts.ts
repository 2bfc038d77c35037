export const DEMO_PASSWORD = 'entente-demo'

export const DEMO_ORGANIZATION = 'Corvane Field Software'
export const OTHER_ORGANIZATION = 'Tillandsia Payments'

/** Who works at the organisation of the demo. */
export const DEMO_MEMBERS = [
  { role: 'owner', name: 'Astrid Venn', email: 'owner@demo.example' },
  { role: 'admin', name: 'Julian Okoro', email: 'admin@demo.example' },
  { role: 'manager', name: 'Mira Castellan', email: 'manager@demo.example' },
  { role: 'viewer', name: 'Tomás Reyes', email: 'viewer@demo.example' },
] as const

export const OTHER_OWNER = { name: 'Beatrix Falk', email: 'owner@other.example' }

/** The contact whose portal the demo opens, and the partner that they work for. */
export const DEMO_CONTACT = { email: 'contact@demo.example', domain: 'meridianfreight.example' }

/** What to print: address, page and what one finds there. */
export const DEMO_SIGN_INS = [
  ...DEMO_MEMBERS.map(({ role, email }) => ({ email, page: '/login', what: role })),
  { email: DEMO_CONTACT.email, page: '/portal/login', what: 'contact of a partner' },
  { email: OTHER_OWNER.email, page: '/login', what: 'owner of another organisation' },
]
