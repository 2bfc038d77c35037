import * as z from 'zod'

/**
 * A message only says "look now": the work itself stands in D1, so that a lost, doubled, late or shuffled message
 * changes nothing. Ids alone, well under the queue's 128 kB.
 */
const message = { v: z.literal(1), requestId: z.string() }
const delivery = {
  ...message,
  deliveryIds: z.array(z.string()),
  /** It stands for all that are alike. */
  many: z.boolean().optional(),
}

export const JobMessage = z.discriminatedUnion('kind', [
  z.object({
    ...message,
    kind: z.literal('score-partners'),
    orgId: z.string(),
    partnerIds: z.array(z.string()),
  }),
  /** Whoever is due in the organisation, by id after `after`: when everybody is, their ids would fill many messages. */
  z.object({ ...message, kind: z.literal('score-due'), orgId: z.string(), after: z.string() }),
  z.object({
    ...message,
    kind: z.literal('check-domains'),
    orgId: z.string(),
    domains: z.array(z.string()),
  }),
  z.object({ ...delivery, kind: z.literal('deliver') }),
  z.object({ ...delivery, kind: z.literal('deliver-slack') }),
  z.object({ ...message, kind: z.literal('delete-files') }),
])
export type JobMessage = z.infer<typeof JobMessage>
