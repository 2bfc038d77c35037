/** What a site's robots.txt calls us. */
const AGENT = 'entente'

interface Rule {
  readonly allow: boolean
  readonly pattern: string
}

/**
 * Whether a robots.txt (RFC 9309) leaves `path` to us: the rules for us, else those for everybody; the longest that
 * matches decides, and of two as long the one that allows.
 */
export function mayFetch(robots: string, path: string): boolean {
  const groups = groupsOf(robots)
  const rules = groups.get(AGENT) ?? groups.get('*') ?? []
  let best: Rule | undefined
  for (const rule of rules) {
    if (!matches(rule.pattern, path)) continue
    const longer = rule.pattern.length - (best?.pattern.length ?? -1)
    if (longer > 0 || (longer === 0 && rule.allow)) best = rule
  }
  return best?.allow ?? true
}

/** Rules by the agent that they are for; groups for one agent are one. */
function groupsOf(robots: string): Map<string, Rule[]> {
  const groups = new Map<string, Rule[]>()
  let agents: string[] = []
  let isHead = false
  for (const line of robots.split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? []
    const [name, text] = [key.toLowerCase(), value.trim()]
    if (name === 'user-agent') {
      agents = isHead ? [...agents, text.toLowerCase()] : [text.toLowerCase()]
      isHead = true
      for (const agent of agents) if (!groups.has(agent)) groups.set(agent, [])
    } else if (name === 'allow' || name === 'disallow') {
      isHead = false
      // A rule without a path says nothing.
      if (text !== '')
        for (const agent of agents) groups.get(agent)?.push({ allow: name === 'allow', pattern: text })
    }
  }
  return groups
}

/** `*` stands for anything, `$` at the end for the end. Each part is looked for once, so that no pattern takes long. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const parts = (isWhole ? pattern.slice(0, -1) : pattern).split('*')
  const last = parts.length - 1
  let at = 0
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      if (!path.startsWith(part)) return false
      at = part.length
      if (last === 0) return !isWhole || at === path.length
    } else if (index === last && isWhole) return path.length - part.length >= at && path.endsWith(part)
    else {
      const found = path.indexOf(part, at)
      if (found === -1) return false
      at = found + part.length
    }
  }
  return true
}
