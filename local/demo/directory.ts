import { readFileSync } from 'node:fs'
import { at } from '#local/paths.ts'
import { DEMO_CONTACT } from './accounts.ts'

type Column =
  | 'name'
  | 'domain'
  | 'type'
  | 'subtype'
  | 'category'
  | 'industry'
  | 'region'
  | 'regions'
  | 'languages'
  | 'tags'
  | 'stage'
  /** A level to pin; empty leaves it to the evaluator. */
  | 'tier'
  | 'rating'
  | 'certifications'
  /** Role of the member who manages the partner. */
  | 'manager'
  | 'ageDays'
  | 'stageDays'
  /** Of the primary contact. */
  | 'first'
  | 'last'
  | 'title'
  /** The joint value proposition. */
  | 'value'

/** A line of partners.csv: the cell of a column, empty where nothing is known. Lists are separated by commas. */
type Line = (column: Column) => string

export interface Program {
  tracks: { types: string[]; tiers: { id: string; level: string }[] }[]
}

export interface Member {
  id: string
  role: string
}

export interface DemoPartner {
  domain: string
  ageDays: number
  stageDays: number
  /** Body of POST /api/partners. */
  body: Record<string, unknown>
}

/** The directory of the demo, for an organisation with these members and this programme. */
export function demoPartners(members: Member[], program: Program): DemoPartner[] {
  return readLines().map((line) => ({
    domain: line('domain'),
    ageDays: Number(line('ageDays')),
    stageDays: Number(line('stageDays')),
    body: bodyOf(line, members.find(({ role }) => role === line('manager'))?.id, pinnedTier(line, program)),
  }))
}

function bodyOf(line: Line, managerId: string | undefined, programTierId: string | undefined) {
  return {
    name: line('name'),
    domain: line('domain'),
    type: line('type'),
    region: line('region'),
    subtype: line('subtype'),
    category: line('category'),
    industry: line('industry'),
    stage: line('stage'),
    regions: listOf(line('regions')),
    languages: listOf(line('languages')),
    tags: listOf(line('tags')),
    rating: Number(line('rating')),
    certifications: Number(line('certifications')),
    ...(line('value') && { jointValueProposition: line('value') }),
    ...(managerId && { managerId }),
    ...(programTierId && { programTierId }),
    primaryContact: {
      firstName: line('first'),
      lastName: line('last'),
      email: line('domain') === DEMO_CONTACT.domain ? DEMO_CONTACT.email : addressOf(line),
      title: line('title'),
    },
  }
}

function pinnedTier(line: Line, { tracks }: Program) {
  const track = tracks.find(({ types }) => types.includes(line('type')))
  return track?.tiers.find(({ level }) => level === line('tier'))?.id
}

const listOf = (cell: string) => cell.split(',').filter(Boolean)

/** `lucia.ferrandiz@…`: addresses are plain letters. */
const addressOf = (line: Line) => `${plain(line('first'))}.${plain(line('last'))}@${line('domain')}`

const plain = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '')

function readLines(): Line[] {
  const [head = '', ...lines] = readFileSync(at('local/demo/partners.csv'), 'utf8').trim().split('\n')
  const columns = head.split(';')
  return lines.map((line) => {
    const cells = line.split(';')
    return (column) => cells[columns.indexOf(column)] ?? ''
  })
}
