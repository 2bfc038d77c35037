import { isName, isSign, isWord, type Node, type Token } from './tokens.ts'

/** A keyword with what follows it, up to the next one. */
export interface Clause {
  readonly word: string
  readonly nodes: readonly Node[]
  /** A join that keeps rows of the left side without a partner. */
  readonly outer: boolean
}

const KEYWORDS = new Set(
  'with select from join on using where group having window order limit returning set into update delete insert values default conflict union except intersect'.split(
    ' ',
  ),
)
const JOINS = ['left', 'right', 'full', 'inner', 'outer', 'cross', 'natural']
const QUERY = ['select', 'insert', 'update', 'delete', 'replace', 'with', 'values']

export const isQuery = (nodes: readonly Node[]) => isWord(nodes[0], ...QUERY)

/** A query's clauses in their order. A comma between two tables is a join. */
export function clausesOf(nodes: readonly Node[]): Clause[] {
  const clauses: { word: string; nodes: Node[]; outer: boolean }[] = []
  nodes.forEach((node, at) => {
    const last = clauses.at(-1)
    const comma = isComma(node) && last !== undefined && ['from', 'join', 'on'].includes(last.word)
    if (!comma && !isKeyword(node, nodes, at)) {
      last?.nodes.push(node)
      return
    }
    const kind: Node[] = []
    while (isWord(last?.nodes.at(-1), ...JOINS)) kind.push(...(last?.nodes.splice(-1) ?? []))
    const outer = kind.some((each) => isWord(each, 'left', 'right', 'full'))
    clauses.push({ word: comma ? 'join' : node.text, nodes: [], outer })
  })
  return clauses
}

const isComma = (node: Node): node is Token => isSign(node, ',')

function isKeyword(node: Node, nodes: readonly Node[], at: number): node is Token {
  if (node.kind !== 'word' || !KEYWORDS.has(node.text)) return false
  // `is distinct from` compares; `p.order` and `order.x` would be columns.
  if (node.text === 'from' && isWord(nodes[at - 1], 'distinct')) return false
  return !isSign(nodes[at - 1], '.') && !isSign(nodes[at + 1], '.')
}

/** A table, or what stands in a table's place, as a query names it. */
export interface Source {
  /** Null for a subquery. */
  readonly table: string | null
  readonly alias: string
  /** What follows the name in parentheses: a function's arguments, an insert's columns. */
  readonly group: readonly Node[] | null
}

const NO_ALIAS = ['indexed', 'not', 'as', 'set', ...JOINS]

/** The source at the head of a `from`, `join`, `into` or `update` clause; null when there is none. */
export function sourceOf({ word, nodes }: Clause): Source | null {
  const rest = nodes.filter(
    (node, at) => !(at < 2 && isWord(node, 'or', 'rollback', 'abort', 'replace', 'fail', 'ignore')),
  )
  const [first] = rest
  if (first === undefined) return null
  if (first.kind === 'group') {
    if (!isQuery(first.nodes)) throw new Error(`Tables in parentheses are not understood after ${word}.`)
    return { table: null, alias: aliasIn(rest.slice(1)) ?? '', group: null }
  }
  if (!isName(first)) throw new Error(`No table is understood after ${word}.`)
  const qualified = isSign(rest[1], '.')
  const named = qualified ? rest[2] : first
  if (!isName(named)) throw new Error(`No table is understood after ${word}.`)
  const after = rest.slice(qualified ? 3 : 1)
  const group = after.find((node) => node.kind === 'group')?.nodes ?? null
  const alias = aliasIn(after.filter((node) => node.kind !== 'group'))
  return { table: named.text, alias: alias ?? named.text, group }
}

function aliasIn(nodes: readonly Node[]) {
  const [first, second] = nodes
  if (isWord(first, 'as') && isName(second)) return second.text
  return isName(first) && !isWord(first, ...NO_ALIAS) ? first.text : null
}
