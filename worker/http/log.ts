/** What a log line may hold: ids, counts, classes and times, never a name, address or text that a person wrote. */
export type Facts = Record<string, string | number | boolean | null>
export type Log = (event: string, facts?: Facts) => void

/** One JSON line per event, each with the request that caused it, so that a request is found again in its job. */
export const logFor =
  (requestId: string): Log =>
  (event, facts = {}) =>
    console.log(JSON.stringify({ event, requestId, ...facts }))
