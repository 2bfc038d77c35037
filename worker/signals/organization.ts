import { countryCode } from './countries.ts'
import { readable } from './text.ts'

/** Of https://schema.org/Organization and the kinds below it that companies call themselves. */
const KIND =
  /^(?:https?:\/\/schema\.org\/)?(?:\w*Organization|Corporation|OnlineBusiness|OnlineStore|LocalBusiness|ProfessionalService|NGO|Airline|Consortium)$/
/** Blocks nest graphs, lists and lists of lists, but not deeply. */
const DEPTH_MAX = 4
const NODES_MAX = 500

export interface Organization {
  readonly name: string | null
  /** ISO 3166 alpha-2. */
  readonly country: string | null
}

/** The first organisation with a name or a country that a page's JSON-LD describes; blocks that cannot be read say nothing. */
export function organizationIn(blocks: readonly string[]): Organization | null {
  for (const node of blocks.flatMap(nodesIn)) {
    if (!asList(node['@type']).some((kind) => typeof kind === 'string' && KIND.test(kind))) continue
    const name = textOf(node.name) ?? textOf(node.legalName)
    const country = asList(node.address).map(countryOf).find(Boolean) ?? null
    if (name !== null || country !== null) return { name, country }
  }
  return null
}

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

function nodesIn(block: string): Node[] {
  const found: Node[] = []
  const walk = (value: unknown, depth: number) => {
    if (depth > DEPTH_MAX || found.length >= NODES_MAX) return
    if (Array.isArray(value)) for (const each of value) walk(each, depth + 1)
    else if (isNode(value)) {
      found.push(value)
      walk(value['@graph'], depth + 1)
      walk(value.publisher, depth + 1)
    }
  }
  try {
    walk(JSON.parse(block), 0)
  } catch {
    return []
  }
  return found
}

const textOf = (value: unknown) => {
  const text = asList(value).find((each) => typeof each === 'string')
  return (typeof text === 'string' && readable(text, 200)) || null
}

/** `DE`, `Germany`, or a `Country` of that name. */
function countryOf(address: unknown) {
  if (!isNode(address)) return null
  const country = isNode(address.addressCountry) ? address.addressCountry.name : address.addressCountry
  const text = textOf(country)
  return text === null ? null : countryCode(text)
}
