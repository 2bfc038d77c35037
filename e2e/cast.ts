import {
  addPartners,
  found,
  fresh,
  openPortal,
  type Person,
  partner,
  partnerNames,
  signInToDemo,
} from './people.ts'
import type { Visitor } from './visitor.ts'

/** As long as a name may be. */
export const LONG_NAME =
  'Internationale Gesellschaft für außerordentlich lange Firmenbezeichnungen mbH & Co. KGaA '
    .repeat(3)
    .slice(0, 200)
    .trim()
/** Nowhere to break. */
const UNBROKEN = 'W'.repeat(200)

/** Everybody who looks at scenes. Each comes in a browser of their own, or two where it takes two. */
export const CAST = {
  stranger: async (visitor: Visitor) => visitor,
  owner: (visitor: Visitor) => signInToDemo(visitor, 'owner@demo.example'),
  viewer: (visitor: Visitor) => signInToDemo(visitor, 'viewer@demo.example'),
  contact: (visitor: Visitor) => openPortal(visitor, 'contact@demo.example'),
  founder: (visitor: Visitor) => found(visitor),
  adding: (visitor: Visitor) => found(visitor),
  verbose: speakAtLength,
  crowded: haveMany,
  double: workForTwo,
}
export type Role = keyof typeof CAST

/** The owner of an organisation in which whatever has a name has the longest one. */
async function speakAtLength(visitor: Visitor): Promise<Person> {
  const owner = await found(visitor, LONG_NAME, LONG_NAME)
  const { items } = await owner.api.get<{ items: { id: string }[] }>('/api/members')
  for (const name of [LONG_NAME, UNBROKEN]) {
    await owner.api.post(
      '/api/partners',
      partner({
        name,
        domain: `${'endless-'.repeat(5)}${fresh('w')}.example`,
        managerId: items[0]?.id,
        subtype: UNBROKEN,
        jointValueProposition: `${UNBROKEN} ${LONG_NAME}`,
        keyStakeholders: [{ name: UNBROKEN, role: LONG_NAME, side: 'partner', email: longAddress() }],
        regions: ['cee', 'anz', 'southern-europe', 'japan-korea'],
        tags: ['W'.repeat(50), 'a tag of as many words as fit into a tag', 'short', 'more'],
      }),
    )
  }
  await owner.api.post('/api/members', { email: longAddress(), role: 'viewer' })
  return owner
}

const longAddress = () => `${'w'.repeat(40)}${fresh('w')}@${'endless-'.repeat(5)}name.example`

/** Somebody who is the contact of two partners of the same vendor. */
async function workForTwo(visitor: Visitor): Promise<Person> {
  const owner = await found(visitor, 'Tessellate Works')
  const email = `${fresh('robin')}@both.example`
  const primaryContact = { firstName: 'Robin', lastName: 'Delaney', email }
  for (const name of ['Larkspur Payroll', 'Pumice Bank Software'])
    await owner.api.post('/api/partners', partner({ name, primaryContact }))
  await visitor.context.clearCookies()
  return openPortal(visitor, email)
}

const MANY = 2_000

/** The owner of an organisation with thousands of partners. */
async function haveMany(visitor: Visitor): Promise<Person> {
  const owner = await found(visitor)
  await addPartners(owner, partnerNames(MANY))
  return owner
}
