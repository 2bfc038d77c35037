/** Names that are promised never to be anybody's (RFC 2606, RFC 6761, RFC 6762): there is nothing to look up. */
const RESERVED = new Set(['example', 'test', 'invalid', 'localhost', 'local', 'internal', 'onion', 'alt'])
const RESERVED_DOMAINS = new Set(['example.com', 'example.net', 'example.org'])

/** False for a domain of which the public shows nothing, since it can be nobody's. */
export const isLookedUp = (domain: string) =>
  !(RESERVED.has(domain.split('.').at(-1) ?? '') || RESERVED_DOMAINS.has(domain))
