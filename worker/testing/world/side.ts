import { tokenFor } from '#worker/auth/principal.ts'
import { ROLES } from '#worker/auth/terms.ts'
import { newId, type Prefix } from '#worker/db/ids.ts'
import { newFormKey, newKey } from '#worker/files/commands.ts'

/** Everybody who signs in for an organisation: a member of each role, and a contact of each of its two partners. */
export const PEOPLE = [...ROLES, 'target', 'contact', 'otherContact'] as const
export type PersonName = (typeof PEOPLE)[number]

/** Ids that requests name. The session is the asking person's own other one. */
const PREFIXES = {
  partner: 'prt',
  otherPartner: 'prt',
  contact: 'con',
  otherContact: 'con',
  member: 'mbr',
  invited: 'mbr',
  track: 'trk',
  tier: 'trt',
  session: 'ses',
  view: 'vew',
  spareContact: 'con',
  bulk: 'blk',
  form: 'frm',
  spareForm: 'frm',
  submission: 'sub',
  delivery: 'dlv',
} as const satisfies Record<string, Prefix>
/**
 * With the keys of a logo, of a website's icon and of a form's banner, the address of a form, one of its sections, and the
 * number of a version of the programme: no ids, but names.
 */
export type Ids = Record<
  keyof typeof PREFIXES | 'logo' | 'icon' | 'formFile' | 'slug' | 'section' | 'version',
  string
>

export interface Login {
  readonly userId: string
  readonly memberId: string | null
  readonly email: string
  readonly token: string
  readonly expiredToken: string
  /** Another live session of the same person. */
  readonly sessionId: string
  /** A view that the person shares; only members have one. */
  readonly viewId: string
}

/** One organisation of the test world; every text that it holds carries its mark. */
export interface Side {
  readonly mark: string
  readonly orgId: string
  readonly ids: Ids
  /** The token of an invitation's link. */
  readonly linkToken: string
  /** Proves that the form was opened; empty in a side that no world has. */
  readonly formToken: string
  readonly people: Readonly<Record<PersonName, Login>>
}

/** Numbers of versions are no secrets; these differ, so that asking for another organisation's finds nothing. */
const VERSIONS: Record<string, string> = { 'LEAK-A': '7', 'LEAK-B': '1' }

export function newSide(mark: string): Side {
  const orgId = newId('org')
  const ids = {
    ...mapValues(PREFIXES, (prefix) => newId(prefix)),
    logo: newKey(orgId, 'png'),
    icon: newKey(orgId, 'png'),
    formFile: newFormKey(orgId, 'png'),
    slug: `${mark}-form`.toLowerCase(),
    section: 's2',
    version: VERSIONS[mark] ?? '9',
  }
  const people = Object.fromEntries(PEOPLE.map((name) => [name, newLogin(mark, orgId, ids, name)]))
  return { mark, orgId, ids, linkToken: `link-of-${mark}`, formToken: '', people: people as Side['people'] }
}

function newLogin(mark: string, orgId: string, ids: Ids, name: PersonName): Login {
  const userId = newId('usr')
  const isContact = name === 'contact' || name === 'otherContact'
  const memberId = isContact ? null : name === 'target' ? ids.member : newId('mbr')
  const owner = { userId, memberId, orgId: isContact ? null : orgId }
  return {
    userId,
    memberId,
    email: `${name}.${mark}@people.example`.toLowerCase(),
    token: tokenFor(owner, `${mark}-${name}`),
    expiredToken: tokenFor(owner, `${mark}-${name}-expired`),
    sessionId: newId('ses'),
    viewId: newId('vew'),
  }
}

const mapValues = <K extends string, V, R>(record: Record<K, V>, map: (value: V) => R) =>
  Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(value)])) as Record<K, R>

/** The same request with the ids of another organisation. */
export const counterpart = (id: string, own: Ids, other: Ids) =>
  other[(Object.keys(own) as (keyof Ids)[]).find((name) => own[name] === id) ?? 'partner']
