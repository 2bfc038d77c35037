import type { Context } from 'hono'
import type { App } from '#worker/env.ts'
import { type AskedFilter, createdSince } from './filter.ts'
import type { PartnerFilter } from './list-schema.ts'

/** `me` among the managers is the member who asks, and this month is the one in which they do. */
export const asked = <Filter extends Pick<PartnerFilter, 'manager' | 'created'>>(
  c: Context<App>,
  filter: Filter,
): Filter & Pick<AskedFilter, 'createdSince'> => ({
  ...filter,
  ...(filter.created?.length && { createdSince: createdSince(filter.created, c.var.now) }),
  manager: filter.manager?.map((each) => (each === 'me' ? (c.var.principal.memberId ?? 'none') : each)),
})
