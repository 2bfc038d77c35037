export type Row = readonly [table: string, values: Record<string, string | number | null>]
