import { inOneLine, isExempt } from './exempt.ts'
import { type Owners, unboundTables } from './unbound.ts'

/**
 * Of these statements, those that name a table of organisations without saying whose rows they mean, each with the
 * tables; apart from the ones that have a reason in `exempt.ts`.
 */
export function looseStatements(statements: Iterable<string>, owners: Owners): string[] {
  const all = new Set([...statements].map(inOneLine))
  return [...all]
    .filter((sql) => !isExempt(sql))
    .map((sql) => ({ sql, tables: unboundTables(sql, owners) }))
    .filter(({ tables }) => tables.length > 0)
    .map(({ sql, tables }) => `${tables.join(', ')}: ${sql}`)
}
