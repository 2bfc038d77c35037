import * as z from 'zod'
import { PARTNER_TYPES, TIERS } from '#worker/partners/terms.ts'

/** One condition of a tier. */
export const Rule = z.object({
  metric: z.string(),
  op: z.enum(['gte', 'lte', 'eq', 'between', 'anyOf', 'allOf']),
  value: z.union([z.number(), z.string(), z.array(z.union([z.number(), z.string()]))]),
})
export type Rule = z.infer<typeof Rule>

export const ProgramTier = z.object({
  id: z.string(),
  level: z.enum(TIERS),
  name: z.string(),
  color: z.string(),
  benefits: z.string(),
  rules: z.array(Rule),
})

export const Track = z.object({
  id: z.string(),
  name: z.string(),
  types: z.array(z.enum(PARTNER_TYPES)),
  /** Days for which a tier's rules may fail before a partner moves down. */
  graceDays: z.number().int(),
  tiers: z.array(ProgramTier),
})

/** Answer of `GET /api/program`. */
export const Program = z.object({ version: z.number().int(), tracks: z.array(Track) })
export type Program = z.infer<typeof Program>
