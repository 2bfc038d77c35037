import type { Import } from './sources.ts'

/** What files of one kind may import; the first kind that a file matches is its own. */
interface Layer {
  readonly name: string
  readonly files: RegExp
  readonly may: RegExp
  /** What they may import types from, besides. */
  readonly types?: RegExp
  readonly never?: RegExp
}

const any = (...all: readonly RegExp[]) => new RegExp(all.map(({ source }) => `(?:${source})`).join('|'))

const NOTHING = /^$/
const TERMS = /^worker\/[\w-]+\/(?:[\w-]+-)?terms\.ts$/
/** The contract, with the one normal form of a domain, which a schema holds. */
const SCHEMA = /^worker\/(?:[\w-]+\/(?:[\w-]+-)?schema|partners\/domain)\.ts$/
const TABLE = /^worker\/[\w-]+\/table\.ts$/
/** Rules as functions of plain data: the same input, the same answer. */
const ENGINE =
  /^worker\/(?:scoring\/(?:fit|health|ledger|signal-findings|trend)|partners\/completeness|program\/(?:tiers|metrics|moves|contradictions)|plans\/(?:pacing|quarters|weights|targets|actions)|applications\/(?:answers|problems))\.ts$/
const ROUTES = /^worker\/[\w-]+\/(?:(?:[\w-]+-)?routes\.ts|pages\.tsx)$/
/** Put the parts together; nobody but these imports one of them. */
const TOP = /^worker\/(?:index|app|registry|cron)\.ts$/
const TESTS = /^worker\/testing\/|\.test\.tsx?$/
/** Reads requests and guards routes, so it knows the framework. */
const GUARDS = /^worker\/(?:http\/[\w-]+|db\/bookmark|auth\/(?:principal|authorise|limits))\.ts$/
const VIEW_PACKAGE = /^(?:preact|preact\/.+|preact-iso|lucide-preact|@tanstack\/preact-query|@dnd-kit\/.+)$/
const WEB = /^web\/(?!embed\/)/

export const LAYERS: readonly Layer[] = [
  { name: 'the embed script', files: /^web\/embed\//, may: NOTHING },
  {
    name: 'the public form',
    files: /^web\/form\//,
    may: any(/^(?:preact|marked)$/, /^web\/form\//, TERMS),
    types: SCHEMA,
  },
  { name: 'the typed client', files: /^web\/api\.ts$/, may: /^hono\/client$/, types: /^worker\/app\.ts$/ },
  {
    name: 'the apps',
    files: /^web\//,
    // The builder tells of what the server would refuse to publish, by the same rules.
    may: any(WEB, TERMS, VIEW_PACKAGE, /^worker\/applications\/problems\.ts$/),
    types: SCHEMA,
  },
  { name: 'the local program', files: /^local\//, may: /./, never: TESTS },
  { name: 'the bindings', files: /^worker\/env\.ts$/, may: NOTHING, types: /^worker\// },
  { name: 'terms', files: TERMS, may: TERMS },
  {
    name: 'the reading of domains',
    files: /^worker\/partners\/domain\.ts$/,
    may: any(/^(?:zod|tldts)$/, TERMS, SCHEMA),
  },
  { name: 'schemas', files: SCHEMA, may: any(/^zod$/, TERMS, SCHEMA) },
  { name: 'engines', files: ENGINE, may: any(TERMS, SCHEMA, ENGINE) },
  { name: 'tables', files: TABLE, may: any(/^drizzle-orm(?:\/sqlite-core)?$/, TERMS, SCHEMA, TABLE) },
  {
    name: 'pages',
    files: /^worker\/[\w-]+\/pages\.tsx$/,
    may: any(/^(?:hono|hono\/.+|preact|preact-render-to-string)$/, /^worker\//, /^web\/form\//),
    never: any(TABLE, ROUTES, TOP, TESTS, /^worker\/db\//),
  },
  {
    name: 'routes',
    files: ROUTES,
    may: any(/^(?:hono|hono\/.+)$/, /^worker\//),
    never: any(TABLE, ROUTES, TOP, TESTS, /^worker\/db\//),
  },
  { name: 'the top', files: TOP, may: any(/^(?:hono|hono\/.+|drizzle-orm)$/, /^worker\//), never: TESTS },
  {
    name: 'guards and the edge',
    files: GUARDS,
    may: any(/^(?:hono|hono\/.+|drizzle-orm|zod)$/, /^worker\//),
    never: any(ROUTES, TOP, TESTS),
  },
  {
    name: 'what is drawn at the edge',
    files: /^worker\/apply\/(?:document\.tsx|embed-script\.ts)$/,
    may: any(/^(?:preact|preact-render-to-string)$/, /^web\/(?:form|embed)\//, TERMS),
    types: SCHEMA,
  },
  {
    name: 'the rendering of versions',
    files: /^worker\/applications\/version\.ts$/,
    may: any(/^worker\//, /^web\/form\/markdown\.ts$/),
    never: any(TABLE, ROUTES, TOP, TESTS),
  },
  {
    name: 'queries, commands and jobs',
    files: /^worker\//,
    may: any(/^(?:zod|ulidx|hono\/html|drizzle-orm|drizzle-orm\/.+|better-auth\/.+)$/, /^worker\//),
    types: /^hono$/,
    never: any(ROUTES, TOP, TESTS),
  },
]

/** Packages that one folder alone knows. */
const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^better-auth\//, /^worker\/auth\//],
  [/^ulidx$/, /^worker\/db\/ids\.ts$/],
  [/^tldts$/, /^worker\/partners\/domain\.ts$/],
  [/^drizzle-orm\/d1$/, /^worker\/db\/statement\.ts$/],
  [/^marked$/, /^web\/form\/markdown\.ts$/],
  [/^@dnd-kit\//, /^web\/admin\/applications\//],
]

/** The imports of a file that its layer does not allow, each as a sentence. */
export function strayImports(path: string, imports: readonly Import[]): string[] {
  const layer = LAYERS.find(({ files }) => files.test(path))
  if (!layer) return [`${path} belongs to no layer`]
  return imports
    .filter((each) => !isAllowed(layer, path, each))
    .map(({ from, typeOnly }) => `${path} (${layer.name}) imports ${typeOnly ? 'types of ' : ''}${from}`)
}

function isAllowed(layer: Layer, path: string, { from, names, typeOnly }: Import) {
  if (layer.never?.test(from)) return false
  if (from === 'worker/app.ts' && path.startsWith('web/') && names !== '{ Api }') return false
  if (!path.startsWith('local/') && OWNERS.some(([what, who]) => what.test(from) && !who.test(path)))
    return false
  return layer.may.test(from) || (typeOnly && layer.types?.test(from) === true)
}
