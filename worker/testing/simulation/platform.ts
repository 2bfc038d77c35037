/// <reference types="node" />
import { Buffer } from 'node:buffer'
import { createHash, createHmac, KeyObject, type webcrypto } from 'node:crypto'
import { setImmediate } from 'node:timers'

/** What a program asks its platform for, answered by a history. */
export interface Answers {
  now(): number
  fill(bytes: Uint8Array): void
  setTimeout(run: () => void, ms: number): number
  clearTimeout(timer: number): void
  fetch(input: unknown, init: unknown): Promise<Response>
  log(line: string): void
}

let pending = 0
let last: Promise<unknown> = Promise.resolve()

/** Resolves when nothing more follows by itself: all that is left waits for the agenda. */
export async function settled() {
  do await new Promise<void>((resolve) => setImmediate(resolve))
  while (pending > 0)
}

/** Node does this elsewhere, and answers in any order: one after the other, in the order of the asking. */
async function inTurn(work: () => unknown): Promise<unknown> {
  pending++
  const turn = last.then(work)
  last = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    pending--
  }
}

/**
 * The platform's own, but that nothing overtakes anything. What is asked for most, hashes and signatures by SHA-256, Node
 * answers without one of its threads, whose waking takes longer than all else about a request.
 */
function orderly(subtle: SubtleCrypto): object {
  const quick = new Map<string | symbol, unknown>([
    ['digest', async (_: unknown, data: Uint8Array) => plain(createHash('sha256').update(data).digest())],
    [
      'sign',
      async (_: unknown, key: webcrypto.CryptoKey, data: Uint8Array) =>
        plain(createHmac('sha256', KeyObject.from(key)).update(data).digest()),
    ],
  ])
  return new Proxy(subtle, {
    get(target, name) {
      if (quick.has(name)) return quick.get(name)
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      // Extractable, or a signature could not be made without a thread.
      const asked = (values: unknown[]) =>
        name === 'importKey' && values[2] !== 'HKDF' ? values.with(3, true) : values
      return (...values: unknown[]) => inTurn(() => Reflect.apply(member, target, asked(values)))
    },
  })
}

const plain = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer

/** Puts the answers in the place of clock, chance, timers, network and log; answers how to put all back. */
export function standIn(answers: Answers): () => void {
  const real = crypto
  const getRandomValues = (bytes: Uint8Array) => {
    answers.fill(bytes)
    return bytes
  }
  const taken = [
    take(globalThis, 'crypto', {
      subtle: orderly(real.subtle),
      getRandomValues,
      randomUUID: () => real.randomUUID(),
    }),
    take(globalThis, 'fetch', (input: unknown, init: unknown) => answers.fetch(input, init)),
    take(globalThis, 'setTimeout', (run: () => void, ms = 0) => answers.setTimeout(run, ms)),
    take(globalThis, 'clearTimeout', (timer: number) => answers.clearTimeout(timer)),
    take(Date, 'now', () => answers.now()),
    take(console, 'log', (line: unknown) => answers.log(String(line))),
    ...likeWorkers(),
  ]
  return () => {
    for (const restore of taken.reverse()) restore()
  }
}

function take(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name)
  Object.defineProperty(owner, name, { configurable: true, writable: true, value })
  return () => {
    if (before) Object.defineProperty(owner, name, before)
    else Reflect.deleteProperty(owner, name)
  }
}

/** What workerd's bytes can do and those of this Node cannot yet. */
function likeWorkers() {
  const alphabetOf = (options?: { alphabet?: 'base64' | 'base64url' }) => options?.alphabet ?? 'base64'
  return [
    take(Uint8Array.prototype, 'toHex', function (this: Uint8Array) {
      return Buffer.from(this).toString('hex')
    }),
    take(
      Uint8Array.prototype,
      'toBase64',
      function (this: Uint8Array, options?: { alphabet?: 'base64' | 'base64url' }) {
        return Buffer.from(this).toString(alphabetOf(options))
      },
    ),
    take(Uint8Array, 'fromBase64', (text: string, options?: { alphabet?: 'base64' | 'base64url' }) =>
      Uint8Array.from(Buffer.from(text, alphabetOf(options))),
    ),
  ]
}
