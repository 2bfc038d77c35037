/** What the stand-in for the rest of the network is told to answer at an address. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Bytes that are no UTF-8, in base64. */
  readonly base64?: string
  /** Sent over and over after the body, until this many bytes have gone. */
  readonly upTo?: number
  /** Milliseconds before the first byte. */
  readonly waits?: number
  /** Ends the connection instead of answering, after the body if there is one. */
  readonly breaks?: true
}

/** Records by type, as a resolver writes them; a type that is missing has none. */
export type Zone = Readonly<Record<string, readonly string[]>>

export interface Outside {
  /** By address, query included. */
  readonly answers?: Readonly<Record<string, Answer>>
  /** By name, for both resolvers. Names below one of these that are not named themselves do not exist. */
  readonly zones?: Readonly<Record<string, Zone>>
}

/** A request that arrived at the stand-in. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly userAgent: string
  /** Of a POST. */
  readonly body?: string
}

/** Where the stand-in itself is spoken to: PUT tells it what to answer, GET what it was asked. */
export const CONTROL = 'http://outside.control'
