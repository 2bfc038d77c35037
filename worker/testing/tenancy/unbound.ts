import { type Clause, clausesOf, isQuery, sourceOf } from './clauses.ts'
import { isName, isSign, isWord, type Node, parse, splitBy } from './tokens.ts'

/** By table, the column that says whose row it is. */
export type Owners = ReadonlyMap<string, string>

/** What a name in a query stands for. */
interface Named {
  readonly table: string
  /** Null for what is no table of organisations. */
  readonly owner: string | null
  /** True once it is plain whose rows these are; of a subquery or a list of parameters from the start. */
  bound: boolean
}
type Scope = ReadonlyMap<string, Named>

/**
 * The tables of organisations that the statement names without saying whose rows it means: each must be compared, in a
 * condition that always holds, with a parameter, with a list of parameters, or with the owner of rows that are bound.
 */
export function unboundTables(sql: string, owners: Owners, given: readonly string[] = []): string[] {
  return check(parse(sql), owners, new Map(given.map((alias) => [alias, listed(alias)])))
}

const listed = (table: string): Named => ({ table, owner: null, bound: true })

function check(nodes: readonly Node[], owners: Owners, outer: Scope): string[] {
  if (!isQuery(nodes)) return inside(nodes, owners, outer)
  const parts = splitBy(nodes, (node) => isWord(node, 'union', 'except', 'intersect'))
  return parts.flatMap((part) => checkQuery(part, owners, outer))
}

const inside = (nodes: readonly Node[], owners: Owners, scope: Scope) =>
  nodes.flatMap((node) => (node.kind === 'group' ? check(node.nodes, owners, scope) : []))

function checkQuery(nodes: readonly Node[], owners: Owners, outer: Scope): string[] {
  const clauses = clausesOf(nodes)
  const scope = new Map(outer)
  const own: Named[] = []
  for (const clause of clauses)
    for (const [alias, named] of namesIn(clause, owners, scope)) {
      scope.set(alias, named)
      own.push(named)
    }
  const conflict = clauses.findIndex(({ word }) => word === 'conflict')
  const holding = conflict === -1 ? clauses : clauses.slice(0, conflict)
  bind(
    holding.flatMap((clause, at) => linksIn(clause, holding[at - 1], scope)),
    own,
  )
  const loose = own.filter(({ owner, bound }) => owner !== null && !bound).map(({ table }) => table)
  return [...loose, ...inside(nodes, owners, scope)]
}

/** Follows the links until no more names become bound. */
function bind(links: readonly Link[], own: readonly Named[]) {
  const count = () => own.filter(({ bound }) => bound).length
  for (let before = -1; before !== count(); ) {
    before = count()
    for (const { named, by } of links)
      if (own.includes(named) && (by === null || by.bound)) named.bound = true
  }
}

/** The names that a clause brings in. */
function namesIn(clause: Clause, owners: Owners, scope: Scope): [string, Named][] {
  if (clause.word === 'with') return commonTables(clause.nodes)
  if (!['from', 'join', 'into', 'update'].includes(clause.word)) return []
  const source = sourceOf(clause)
  if (!source) return []
  const { table, alias, group } = source
  if (table === null || scope.get(table)?.owner === null) return [[alias, listed(alias)]]
  const owner = owners.get(table) ?? null
  const inserts = clause.word === 'into'
  const bound = inserts
    ? group?.some((node) => isName(node) && node.text === owner) === true
    : !owner && group !== null
  return [[alias, { table, owner, bound }]]
}

function commonTables(nodes: readonly Node[]): [string, Named][] {
  const isCommon = (at: number) =>
    isWord(nodes[at + 1], 'as') || (nodes[at + 1]?.kind === 'group' && isWord(nodes[at + 2], 'as'))
  return nodes.flatMap((node, at): [string, Named][] =>
    isName(node) && isCommon(at) ? [[node.text, listed(node.text)]] : [],
  )
}

/** `named` is bound once `by` is; at once when that is null. */
interface Link {
  readonly named: Named
  readonly by: Named | null
}

function linksIn(clause: Clause, before: Clause | undefined, scope: Scope): Link[] {
  if (!['where', 'having', 'on'].includes(clause.word)) return []
  const links = conjuncts(clause.nodes).flatMap((each) => linksOf(each, scope))
  if (clause.word !== 'on' || !before?.outer) return links
  // What an outer join asks for leaves the rows of its left side as they are.
  const joined = scope.get(sourceOf(before)?.alias ?? '')
  return links.filter(({ named }) => named === joined)
}

/** Conditions that hold for every row; none, when there is an alternative to them. */
function conjuncts(nodes: readonly Node[]): Node[][] {
  if (nodes.some((node) => isWord(node, 'or'))) return []
  return splitBy(nodes, (node) => isWord(node, 'and')).flatMap((part) => {
    const [only] = part
    return part.length === 1 && only?.kind === 'group' && !isQuery(only.nodes)
      ? conjuncts(only.nodes)
      : [part]
  })
}

/** What one condition says about who owns what: `p.org_id = ?`, `(p.org_id, p.id) in (...)`, `m.org_id = p.org_id`. */
function linksOf(nodes: readonly Node[], scope: Scope): Link[] {
  const [first] = nodes
  if (first?.kind === 'group' && !isQuery(first.nodes)) return rowLinks(first.nodes, nodes.slice(1), scope)
  const left = columnAt(nodes, scope)
  const operator = left ? nodes[left.length] : undefined
  const right = left ? nodes.slice(left.length + 1) : []
  const links: Link[] = []
  if (left?.owns && (isSign(operator, '=', '==') || isWord(operator, 'is', 'in'))) {
    const by = giverOf(right, scope)
    if (by !== undefined) links.push({ named: left.owns, by })
  }
  const other = columnAt(right, scope)
  if (left && other?.owns && isSign(operator, '=', '==') && other.length === right.length) {
    const by = giverOf(nodes.slice(0, left.length), scope)
    if (by !== undefined) links.push({ named: other.owns, by })
  }
  if (first?.kind === 'param' && isSign(nodes[1], '=', '==')) {
    const sole = columnAt(nodes.slice(2), scope)
    if (sole?.owns && sole.length === nodes.length - 2) links.push({ named: sole.owns, by: null })
  }
  return links
}

/** `(a, b) = (c, d)` and `(a, b) in (...)`. */
function rowLinks(columns: readonly Node[], rest: readonly Node[], scope: Scope): Link[] {
  const [operator, values] = rest
  if (operator === undefined || values?.kind !== 'group') return []
  const split = (nodes: readonly Node[]) => splitBy(nodes, (node) => isSign(node, ','))
  return split(columns).flatMap((column, at) => {
    if (isWord(operator, 'in')) return linksOf([...column, operator, values], scope)
    return linksOf([...column, operator, ...(split(values.nodes)[at] ?? [])], scope)
  })
}

interface Column {
  /** Whose owner the column says, if it is such a column. */
  readonly owns: Named | null
  readonly length: number
}

/** The column with which `nodes` begin. */
function columnAt(nodes: readonly Node[], scope: Scope): Column | null {
  const [first, dot, second] = nodes
  if (!isName(first)) return null
  if (isSign(dot, '.')) {
    const named = scope.get(first.text)
    return isName(second) && named ? { owns: named.owner === second.text ? named : null, length: 3 } : null
  }
  const owned = [...scope.values()].filter(({ owner }) => owner === first.text)
  return { owns: owned.at(-1) ?? null, length: 1 }
}

/** What the value at the right tells: null for a parameter, a name for its owner; undefined for nothing. */
function giverOf(nodes: readonly Node[], scope: Scope): Named | null | undefined {
  const [first] = nodes
  if (first?.kind === 'param' || isWord(first, 'null')) return null
  if (first?.kind === 'group') {
    const values = splitBy(first.nodes, (node) => isSign(node, ','))
    return isQuery(first.nodes) || values.every(([value]) => value?.kind === 'param') ? null : undefined
  }
  if (!isName(first) || !isSign(nodes[1], '.')) return undefined
  const named = scope.get(first.text)
  if (named?.owner === null) return named.bound ? null : undefined
  return columnAt(nodes, scope)?.owns ?? undefined
}
