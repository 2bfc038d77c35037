/** Requests that wait for an answer at once; a Worker may have six, and more would only run out of their own time. */
const LANES = 6

/** Why nothing could be learnt. Only its class is ever logged: the rest would tell of whom. */
export class Unanswered extends Error {
  override readonly name: string = 'Unanswered'
}

/** As `Unanswered`, for a request that was not made because it must not be. */
export class Forbidden extends Unanswered {
  override readonly name = 'Forbidden'
}

/** Runs so many pieces of work at once; the others wait. Of one job: what waits in a Worker belongs to its call. */
export class Lanes {
  #open = 0
  readonly #waiting: (() => void)[] = []

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#open >= LANES) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#open++
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // The next one takes the lane over, so that nobody comes in between.
      if (next) next()
      else this.#open--
    }
  }
}

export interface Asking {
  /** Who asks, so that those who are asked can find out. */
  readonly agent: string
  readonly lanes: Lanes
  /** Ends everything that belongs to one check. */
  readonly signal: AbortSignal
}

export interface Request {
  readonly accept: string
  /** For the answer and its body together. */
  readonly timeoutMs: number
}

/**
 * One request as it is, without following where the answer points. Only for addresses that are known to be allowed: the
 * fixed ones of the resolvers, and those that `hosts.ts` has checked.
 * @throws Unanswered
 */
export const ask = (url: string, { accept, timeoutMs }: Request, { agent, lanes, signal }: Asking) =>
  lanes.run(async () => {
    try {
      return await fetch(url, {
        redirect: 'manual',
        headers: { Accept: accept, 'User-Agent': agent },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
    } catch {
      throw new Unanswered()
    }
  })

export interface Bytes {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** There was more than was read. */
  readonly cut: boolean
}

/**
 * Reads a body up to `max` bytes, whatever its headers say of its length.
 * @throws Unanswered when it ends in the middle, or takes too long.
 */
export async function readBytes({ body }: Response, max: number): Promise<Bytes> {
  const chunks: Uint8Array[] = []
  let length = 0
  let cut = false
  try {
    const reader = body?.getReader()
    while (reader) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      length += value.byteLength
      if (length <= max) continue
      cut = true
      await reader.cancel()
      break
    }
  } catch {
    throw new Unanswered()
  }
  const bytes = new Uint8Array(Math.min(length, max))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, bytes.length - at), at)
    at += Math.min(chunk.length, bytes.length - at)
  }
  return { bytes, cut }
}

/** Lets go of an answer that nobody reads. */
export const discard = ({ body }: Response) => void body?.cancel().catch(() => undefined)

/** A body that must be whole: more than `max` bytes are as good as none. */
export async function readJson(response: Response, max: number): Promise<unknown> {
  const { bytes, cut } = await readBytes(response, max)
  if (cut) throw new Unanswered()
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new Unanswered()
  }
}
