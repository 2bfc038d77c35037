import * as z from 'zod'

type Key = string | number
export type Path = readonly Key[]

/** A place in a body where a value stands, with what its schema says of it. */
export interface Field {
  readonly path: Path
  readonly required: boolean
  readonly schema: Shape
}

const Shape = z.object({
  type: z.string().optional(),
  get properties() {
    return z.record(z.string(), Shape).optional()
  },
  required: z.array(z.string()).optional(),
  get items() {
    return Shape.optional()
  },
  get anyOf() {
    return z.array(Shape).optional()
  },
  enum: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})
export type Shape = z.infer<typeof Shape>

/** What a body's schema says of its outside. */
export const shapeOf = (schema: z.ZodType): Shape =>
  Shape.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))

/** The shape without its null, and whether null is allowed. */
export function present(shape: Shape): { shape: Shape; nullable: boolean } {
  const options = shape.anyOf?.filter(({ type }) => type !== 'null')
  const [only] = options ?? []
  if (!shape.anyOf || !only || options?.length !== 1) return { shape, nullable: false }
  return { shape: only, nullable: true }
}

/** Every field of a body, at any depth; of lists, the first entry. */
export function fieldsOf(outer: Shape, path: Path = []): Field[] {
  const { shape } = present(outer)
  const named = Object.entries(shape.properties ?? {}).flatMap(([name, schema]): Field[] => [
    { path: [...path, name], required: shape.required?.includes(name) === true, schema },
    ...fieldsOf(schema, [...path, name]),
  ])
  if (!shape.items) return named
  const first = [...path, 0]
  return [...named, { path: first, required: false, schema: shape.items }, ...fieldsOf(shape.items, first)]
}

/** Every object of a body, the body itself first. */
export function objectsOf(outer: Shape, path: Path = []): Path[] {
  const { shape } = present(outer)
  const inner = Object.entries(shape.properties ?? {}).flatMap(([name, each]) =>
    objectsOf(each, [...path, name]),
  )
  const entries = shape.items ? objectsOf(shape.items, [...path, 0]) : []
  return [...(shape.properties ? [path] : []), ...inner, ...entries]
}

export const pointerOf = (path: Path) =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The body with another value at `path`; `undefined` takes the field away. */
export function withValue(body: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const next = withValue(Reflect.get(Object(body), key), rest, value)
  // A list that the example leaves out begins with this entry.
  if (body === undefined && typeof key === 'number') return [next]
  if (Array.isArray(body)) return body.map((each, at) => (at === key ? next : each))
  const others = Object.entries(Object(body)).filter(([name]) => name !== key)
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]])
}

/** A change to a body that its field must refuse. */
export interface Wrong {
  readonly what: string
  readonly path: Path
  readonly value: unknown
}

/** Every way in which this field can be wrong, as far as its shape tells. */
export function wrongsOf({ path, required, schema }: Field): Wrong[] {
  const { shape, nullable } = present(schema)
  const wrong = (what: string, value: unknown): Wrong => ({ what: `${pointerOf(path)} ${what}`, path, value })
  return [
    ...(required ? [wrong('missing', undefined)] : []),
    ...(nullable ? [] : [wrong('null', null)]),
    ...wrongTypes(shape).map((value) => wrong(`as ${JSON.stringify(value)}`, value)),
    ...tooMuch(shape).map((value) => wrong('too long or too large', value)),
    ...(isText(path, shape) ? [wrong('with a half character', 'a\ud800'), wrong('with a NUL', 'a\0')] : []),
  ]
}

/** Text that is stored as it is; of a password only a sum is. */
const isText = (path: Path, { type }: Shape) => type === 'string' && !/password/i.test(String(path.at(-1)))

const OF_TYPES: Record<string, unknown> = {
  string: 'text',
  number: 7.5,
  boolean: true,
  array: [[]],
  object: { a: 1 },
}

/** Of a field that may be one thing or another, both are right. */
const wrongTypes = (shape: Shape) => {
  const right = new Set((shape.anyOf ?? [shape]).map(({ type }) => type))
  return Object.entries(OF_TYPES)
    .filter(([name]) => !right.has(name))
    .map(([, value]) => value)
}

/** More than the field takes; a text without any bound would take everything, so it counts as wrong itself. */
function tooMuch({ type, enum: values, maxLength, maxItems, minimum, maximum, items }: Shape): unknown[] {
  if (type === 'string' && values) return ['', `${values[0]} `, String(values[0]).toUpperCase()]
  if (type === 'string') return ['a'.repeat((maxLength ?? 10_000) + 1)]
  if (type === 'array') return [Array.from({ length: (maxItems ?? 1_000) + 1 }, () => entryOf(items))]
  if (type === 'integer' || type === 'number') return [(maximum ?? 2 ** 53) + 1, (minimum ?? -(2 ** 53)) - 1]
  return []
}

const entryOf = (items: Shape | undefined) =>
  items?.enum?.[0] ?? (items?.type === 'string' ? 'de' : { name: 'x' })
