import type { Import } from './sources.ts'

/** Folders of worker/, lowest first: each floor may use its own and those below. */
const FLOORS: readonly (readonly string[])[] = [
  ['http', 'db'],
  ['files', 'auth', 'notifications'],
  ['partners', 'bulk', 'views', 'plans', 'scoring', 'signals', 'program', 'applications', 'submissions'],
  ['organizations', 'portal', 'apply'],
  ['jobs', 'cron.ts', 'app.ts', 'registry.ts', 'index.ts'],
]

/** The number of the floor on which a file of worker/ stands; -1 when its folder is on none. */
export const floorOf = (path: string) => FLOORS.findIndex((floor) => floor.includes(path.split('/')[1] ?? ''))

/** Names types of every floor and is nothing at run time, so arrows from and to it mean nothing. */
const ENV = 'worker/env.ts'

/**
 * Imports from a higher floor. Constants are below all floors; and whoever announces work names the type of a message,
 * whose schema the jobs keep.
 */
export function arrowsUp(path: string, imports: readonly Import[]): string[] {
  if (!path.startsWith('worker/') || path === ENV) return []
  const floor = floorOf(path)
  if (floor === -1) return [`${path} is on no floor`]
  return imports
    .filter(({ from }) => from.startsWith('worker/') && from !== ENV && !from.endsWith('terms.ts'))
    .filter(({ from, typeOnly }) => !(from === 'worker/jobs/schema.ts' && typeOnly))
    .filter(({ from }) => floorOf(from) > floor)
    .map(({ from }) => `${path} reaches up to ${from}`)
}

/**
 * Every way of coming back to a file by following imports, each once. Types count in the Worker only: views pass each
 * other's props around.
 */
export function circles(graph: ReadonlyMap<string, readonly Import[]>): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]) => {
    const again = trail.indexOf(path)
    if (again !== -1) found.push([...trail.slice(again), path].join(' > '))
    if (again !== -1 || done.has(path)) return
    for (const { from, typeOnly } of graph.get(path) ?? [])
      if (path !== ENV && !(typeOnly && !path.startsWith('worker/'))) visit(from, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}
