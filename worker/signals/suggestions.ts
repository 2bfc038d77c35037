import { nameKey } from '#worker/partners/name-key.ts'
import type { Region } from '#worker/partners/terms.ts'
import { regionOf } from './countries.ts'
import { foundIn } from './facts.ts'
import type { Suggestion, WebsiteFacts } from './schema.ts'
import type { SuggestedField } from './terms.ts'

/** What a suggestion is compared with. */
export interface Profile {
  readonly domain: string
  readonly name: string
  readonly description: string | null
  readonly languages: readonly string[]
  readonly region: Region
  readonly hasLogo: boolean
}

export interface Website {
  readonly at: number
  readonly facts: WebsiteFacts
}

/** Whether somebody waved a value of a field off. */
export type IsIgnored = (field: SuggestedField, value: string) => boolean

/**
 * What a company's website could add to its profile. Nothing that the profile says already, and nothing that somebody has
 * waved off.
 */
export function suggestionsFrom(
  { at, facts }: Website,
  profile: Profile,
  isIgnored: IsIgnored,
): Suggestion[] {
  const found: Record<SuggestedField, string | string[] | null> = {
    name: nameFrom(facts, profile),
    description: descriptionFrom(facts, profile),
    languages: languagesFrom(facts, profile, isIgnored),
    region: regionFrom(facts, profile),
    logo: logoFrom(facts, profile),
  }
  const source = { url: foundIn(facts.url), at: new Date(at).toISOString() }
  const offer = (field: SuggestedField): Suggestion[] => {
    const value = found[field]
    if (value === null || (typeof value === 'string' && isIgnored(field, value))) return []
    return [{ field, value, ...source }]
  }
  return [
    ...offer('name'),
    ...offer('description'),
    ...offer('languages'),
    ...offer('region'),
    ...offer('logo'),
  ]
}

function nameFrom({ organization, title }: WebsiteFacts, { name, domain }: Profile) {
  const said = foundIn(organization)?.name ?? nameInTitle(foundIn(title) ?? '', domain)
  return said && nameKey(said) !== nameKey(name) ? said : null
}

/** Between a company's name and what else its title says. */
const SEPARATOR = /\s+[|\-–—·•:»]\s+|:\s+|\s*\|\s*/
const EMPTY =
  /^(?:home(?: ?page)?|welcome|start(?:seite)?|index|accueil|inicio|untitled|coming soon|willkommen)$/i
const NAME_MAX = 60

/** The part of a title that sounds like the domain, else the first that could be a name. */
function nameInTitle(title: string, domain: string): string | null {
  const parts = title
    .split(SEPARATOR)
    .map((part) => part.replace(/^welcome to\s+/i, '').trim())
    .filter((part) => part !== '' && part.length <= NAME_MAX && !EMPTY.test(part))
  const label = lettersOf(domain.split('.')[0] ?? '')
  const sounds = (part: string) => {
    const letters = lettersOf(part)
    return letters !== '' && (letters.startsWith(label) || label.startsWith(letters))
  }
  return parts.find(sounds) ?? parts[0] ?? null
}
const lettersOf = (text: string) => nameKey(text).replace(/[^\p{L}\p{N}]/gu, '')

function descriptionFrom({ description }: WebsiteFacts, profile: Profile) {
  const said = foundIn(description)
  return said && said !== profile.description ? said : null
}

const baseOf = (tag: string) => tag.split('-')[0]?.toLowerCase() ?? tag

/** The profile's languages with those that it lacks; a page for each country is one language all the same. */
function languagesFrom({ languages }: WebsiteFacts, profile: Profile, isIgnored: IsIgnored) {
  const known = new Set(profile.languages.map(baseOf))
  const said = [...new Set((foundIn(languages) ?? []).map(baseOf))]
  const lacking = said.filter((language) => !known.has(language) && !isIgnored('languages', language))
  const all = [...profile.languages, ...lacking]
  return lacking.length === 0 || all.length > LANGUAGES_MAX ? null : all
}
const LANGUAGES_MAX = 100

function regionFrom({ organization }: WebsiteFacts, profile: Profile) {
  const country = foundIn(organization)?.country
  const region = country && regionOf(country)
  return region && region !== profile.region ? region : null
}

/** A partner that has a logo needs no icon. */
function logoFrom({ logo }: WebsiteFacts, { hasLogo }: Profile) {
  const key = foundIn(logo)
  return key === null || hasLogo ? null : `/files/${key}`
}
