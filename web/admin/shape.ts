/** Checks of what was kept in the browser and is read back: it may be of another release. */
export type Check = (value: unknown) => boolean
export const isText: Check = (value) => typeof value === 'string'
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
export const shape =
  (parts: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(parts).every(([name, check]) => check(Reflect.get(value, name)))
