import type { Context } from 'hono'
import type { App } from '#worker/env.ts'
import type { PartnerFilter } from './schema.ts'

/** `me` among the managers is the member who asks. */
export const asked = <Filter extends Pick<PartnerFilter, 'manager'>>(
  c: Context<App>,
  filter: Filter,
): Filter => ({
  ...filter,
  manager: filter.manager?.map((each) => (each === 'me' ? (c.var.principal.memberId ?? 'none') : each)),
})
