import * as z from 'zod'

/** Kept for documentation by RFC 2606 and never resolved: demonstrations and tests live there. */
const DOCUMENTATION_SUFFIX = 'example'
/** On the list of public suffixes, but out of the public's reach. */
const UNREACHABLE = /\.(arpa|onion)$/
const OPTIONS = { allowPrivateDomains: true, validateHostname: false }
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * The host name in `text` in its one normal form: lower case, punycode, without scheme, `www.`, port, path or final dot.
 * Null when nothing is left that can be registered with a public registry: addresses, single labels, public suffixes
 * themselves, and the names that networks keep for themselves (`.internal`, `.test`, ...).
 *
 * The list of public suffixes is most of the Worker's code, so it is loaded when the first domain is read.
 *
 * @example await normalDomain('https://www.Bücher.example/about') // 'xn--bcher-kva.example'
 */
export async function normalDomain(text: string): Promise<string | null> {
  const bare = text.trim().replace(/^https?:\/\//i, '')
  if (bare.length > 2_000 || /[@\s]|:\/\//.test(bare)) return null
  const url = URL.parse(`http://${bare}`)
  if (!url) return null
  const { parse } = await import('tldts')
  const isRegistrable = (host: string) => {
    if (host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) return false
    const { isIp, domain, publicSuffix, isIcann, isPrivate } = parse(host, OPTIONS)
    if (isIp || !domain || UNREACHABLE.test(host)) return false
    return Boolean(isIcann || isPrivate) || publicSuffix === DOCUMENTATION_SUFFIX
  }
  let host = url.hostname.replace(/\.$/, '')
  // A company may be called www.com.
  while (host.startsWith('www.') && isRegistrable(host.slice(4))) host = host.slice(4)
  return isRegistrable(host) ? host : null
}

/** What is registered with the registry of a top-level domain. */
export interface Registration {
  readonly domain: string
  /** The top-level domain itself. */
  readonly suffix: string
}

/**
 * The registration that a domain in its normal form belongs to: `acme.co.uk` for `eu.acme.co.uk`. Null for a name that a
 * hosting service hands out, whose registration is the service's.
 */
export async function registrationOf(host: string): Promise<Registration | null> {
  const { parse } = await import('tldts')
  const { domain, isPrivate } = parse(host, OPTIONS)
  if (!domain || isPrivate) return null
  return { domain, suffix: domain.slice(domain.lastIndexOf('.') + 1) }
}

/** A registrable public domain. Accepts what people paste: `https://Acme.com/about` is `acme.com`. */
export const Domain = z
  .string('Enter a domain.')
  .max(2_000, 'Enter a domain such as acme.com.')
  .transform(async (text, context) => {
    const domain = await normalDomain(text)
    if (domain) return domain
    context.addIssue({ code: 'custom', message: 'Enter a public domain such as acme.com.' })
    return z.NEVER
  })
