/** Words that name such a page, in the languages of most company sites; a word of the address, not a part of one. */
const PARTNER =
  /^(?:(?:become-(?:a-)?|our-|channel-|technology-)?partners?(?:-program(?:me)?|-network|-portal|ships?)?|partnering|alliances|resellers?|partnerprogramm|partenaires?|socios|parceiros)$/
const CAREERS =
  /^(?:careers?|jobs?|join-us|work-with-us|hiring|karriere|stellen(?:angebote)?|carri[eè]res?|recrutement|empleos?|lavora-con-noi|vacatures|werken-bij|jobb|ura)$/
const PRICING =
  /^(?:pricing|prices|plans(?:-and-pricing|-pricing)?|pricing-plans|preise|tarife|tarifs?|prix|precios|prezzi|prijzen|priser|hinnat)$/

const pageFor = (words: RegExp) => (links: readonly URL[], domain: string) =>
  links.find((link) => isOwn(link, domain) && wordsOf(link, domain).some((word) => words.test(word)))?.href ??
  null

/** On the company's own site. */
const isOwn = ({ protocol, hostname }: URL, domain: string) =>
  /^https?:$/.test(protocol) && (hostname === domain || hostname.endsWith(`.${domain}`))

/** `partners.acme.com/become-a-partner.html` has `partners` and `become-a-partner`. */
const wordsOf = ({ hostname, pathname }: URL, domain: string) => [
  ...hostname.slice(0, -domain.length).split('.'),
  ...pathname.split('/').map((part) =>
    part
      .replace(/\.\w{2,5}$/, '')
      .toLowerCase()
      .replaceAll('_', '-'),
  ),
]

export const partnerPage = pageFor(PARTNER)
export const careersPage = pageFor(CAREERS)
export const pricingPage = pageFor(PRICING)
