/** A word of SQL in lower case, a string, a number, `?`, or a sign. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'param' | 'sign'
  readonly text: string
}
/** What stands between two parentheses. */
export interface Group {
  readonly kind: 'group'
  readonly nodes: readonly Node[]
}
export type Node = Token | Group

const PIECES: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)/y],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]/y],
  ['param', /\?\d*|[:@$]\w+/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /->>|->|\|\||<>|<=|>=|==|!=|[()[\],.;=<>+\-*/%~&|]/y],
]

/** The statement as words and groups. Throws at what it cannot read: a check that guesses proves nothing. */
export function parse(sql: string): Node[] {
  const open: Node[][] = [[]]
  for (const token of tokens(sql)) {
    if (token.kind === 'sign' && token.text === '(') open.push([])
    else if (token.kind === 'sign' && token.text === ')') {
      const nodes = open.pop() ?? []
      open.at(-1)?.push({ kind: 'group', nodes })
    } else open.at(-1)?.push(token)
  }
  const [nodes] = open
  if (!nodes || open.length !== 1) throw new Error(`Unbalanced parentheses: ${sql}`)
  return nodes
}

function* tokens(sql: string): Generator<Token> {
  let at = 0
  while (at < sql.length) {
    const found = PIECES.map(([kind, pattern]) => {
      pattern.lastIndex = at
      return { kind, text: pattern.exec(sql)?.[0] }
    }).find(({ text }) => text !== undefined)
    if (!found?.text) throw new Error(`Not read as SQL: ${sql.slice(at, at + 40)}`)
    at += found.text.length
    if (found.kind === 'blank') continue
    const bare = found.kind === 'name' ? found.text.slice(1, -1) : found.text
    yield { kind: found.kind, text: found.kind === 'text' ? bare : bare.toLowerCase() }
  }
}

export const isWord = (node: Node | undefined, ...words: readonly string[]) =>
  node?.kind === 'word' && words.includes(node.text)
export const isSign = (node: Node | undefined, ...signs: readonly string[]) =>
  node?.kind === 'sign' && signs.includes(node.text)
export const isName = (node: Node | undefined): node is Token =>
  node?.kind === 'word' || node?.kind === 'name'

/** The nodes between those that `split` picks. */
export function splitBy(nodes: readonly Node[], split: (node: Node, at: number) => boolean): Node[][] {
  const parts: Node[][] = [[]]
  nodes.forEach((node, at) => {
    if (split(node, at)) parts.push([])
    else parts.at(-1)?.push(node)
  })
  return parts
}
