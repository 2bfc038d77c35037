import { registrationOf } from '#worker/partners/domain.ts'
import { factOf, type Looked, listOf, UNKNOWN } from './facts.ts'
import { type Asking, Unanswered } from './fetching.ts'
import { lookUp, type RecordType } from './resolver.ts'
import type { DnsFacts, Fact } from './schema.ts'
import { technologiesInDns } from './technologies.ts'

/** More than any honest zone holds of one kind. */
const RECORDS_MAX = 50

const DMARC_POLICIES = ['none', 'quarantine', 'reject'] as const

/** What DNS tells of a domain; each kind of record is asked for, and fails, by itself. */
export async function lookUpDns(domain: string, asking: Asking): Promise<Looked<DnsFacts>> {
  const parent = (await registrationOf(domain))?.domain ?? domain
  const own = (type: RecordType) => records(domain, type, asking)
  /** What a name below the registered one does not say itself, the registered one says for it. */
  const inherited = async (type: RecordType, prefix = '') => {
    const found = await records(`${prefix}${domain}`, type, asking)
    return found?.length === 0 && parent !== domain ? records(`${prefix}${parent}`, type, asking) : found
  }
  const [mx, txt, dmarc, ns, caa] = await Promise.all([
    own('MX'),
    own('TXT'),
    inherited('TXT', '_dmarc.'),
    inherited('NS'),
    inherited('CAA'),
  ])
  const texts = txt?.map(textOf) ?? []
  const policy = texts.find((text) => /^v=spf1(\s|$)/i.test(text))
  const includes = policy === undefined ? [] : includesOf(policy)
  const [mailServers, nameServers] = [mx ? mailServersOf(mx) : [], ns?.map(hostOf) ?? []]
  const technologies = technologiesInDns(texts, [...mailServers, ...includes, ...nameServers])
  const told = [mx, txt, dmarc, ns, caa]
  return {
    facts: {
      mx: mx ? listOf(mailServers) : UNKNOWN,
      spf: txt ? factOf(policy === undefined ? null : includes) : UNKNOWN,
      dmarc: dmarc ? dmarcOf(dmarc.map(textOf)) : UNKNOWN,
      ns: ns ? listOf(nameServers) : UNKNOWN,
      caa: caa ? listOf(authoritiesOf(caa)) : UNKNOWN,
      technologies: technologies.length === 0 && !(mx && txt) ? UNKNOWN : listOf(technologies),
    },
    failed: told.some((found) => found === null),
  }
}

/** Null when nobody could tell. */
async function records(name: string, type: RecordType, asking: Asking): Promise<string[] | null> {
  try {
    return (await lookUp(name, type, asking)).slice(0, RECORDS_MAX)
  } catch (error) {
    if (error instanceof Unanswered) return null
    throw error
  }
}

const hostOf = (text: string) => text.trim().toLowerCase().replace(/\.$/, '')

/** Most preferred first. A single dot says that the domain takes no mail (RFC 7505). */
const mailServersOf = (records: readonly string[]) =>
  records
    .map((record) => /^\s*(\d{1,5})\s+(\S+)\s*$/.exec(record))
    .flatMap((match) => (match ? [{ preference: Number(match[1]), host: hostOf(match[2] ?? '') }] : []))
    .filter(({ host }) => host !== '')
    .sort((a, b) => a.preference - b.preference)
    .map(({ host }) => host)

/** The pieces of a TXT record, which some resolvers leave in their quotes, as one text. */
function textOf(record: string) {
  if (!record.startsWith('"')) return record
  return [...record.matchAll(/"((?:[^"\\]|\\.)*)"/gs)]
    .map(([, piece]) => (piece ?? '').replace(/\\(["\\])/g, '$1'))
    .join('')
}

/** Hosts to which a sender policy leads on. */
const includesOf = (policy: string) => [
  ...new Set(
    [...policy.matchAll(/(?:^|\s)[+?~-]?(?:include:|redirect=)(\S+)/gi)].map(([, host]) =>
      hostOf(host ?? ''),
    ),
  ),
]

/** The policy of the one record there may be (RFC 7489); without a policy that is known, there is none. */
function dmarcOf(texts: readonly string[]): DnsFacts['dmarc'] {
  const record = texts.find((text) => /^v=dmarc1(\s*;|\s*$)/i.test(text))
  const policy = /;\s*p\s*=\s*(\w+)/i.exec(record ?? '')?.[1]?.toLowerCase()
  return factOf(DMARC_POLICIES.find((known) => known === policy)) satisfies Fact<string>
}

/** Authorities that CAA records allow, as text (`0 issue "letsencrypt.org"`) or as bytes (`\# 22 00 05 69 ...`). */
const authoritiesOf = (records: readonly string[]) => [
  ...new Set(
    records.flatMap((record) => {
      const text = record.startsWith('\\#') ? unpacked(record) : record
      const issuer = /^\s*\d+\s+issue(?:wild)?\s+"?([^";\s]+)/i.exec(text)?.[1]
      return issuer === undefined ? [] : [hostOf(issuer)]
    }),
  ),
]

/** RFC 3597: flags, the length of the tag, the tag, its value. */
function unpacked(record: string) {
  const bytes = record
    .split(/\s+/)
    .slice(2)
    .map((hex) => Number.parseInt(hex, 16))
  const [flags = 0, length = 0, ...rest] = bytes
  const text = String.fromCharCode(...rest.map((byte) => (Number.isNaN(byte) ? 0 : byte)))
  return `${flags} ${text.slice(0, length)} "${text.slice(length)}"`
}
