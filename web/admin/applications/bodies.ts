import type { api } from '#web/api.ts'

type BodyOf<Route extends (args: never) => unknown> = Parameters<Route>[0] extends { json: infer Body }
  ? Body
  : never

/** What the server takes for a new form, and for a change of one. */
export type NewFormBody = BodyOf<typeof api.forms.$post>
export type FormChangeBody = BodyOf<(typeof api.forms)[':id']['$patch']>
