/** An answer that is the same for everybody, ready to be sent. */
export interface Kept {
  readonly body: Uint8Array<ArrayBuffer>
  readonly policy: string
}

/** Bytes that an isolate keeps, of the 128 MB that it has. */
const KEPT_MAX = 8_000_000

const kept = new Map<string, Kept & { readonly mark: string }>()
let size = 0

/** What is kept under a key, if it was made of what `mark` says; else what `make` makes. */
export async function keptOr(
  key: string,
  mark: string,
  make: () => Promise<{ html: string; policy: string }>,
) {
  const known = kept.get(key)
  if (known?.mark === mark) return known
  const { html, policy } = await make()
  const made = { body: new TextEncoder().encode(html), policy, mark }
  drop(key)
  if (made.body.length > KEPT_MAX / 4) return made
  // The oldest goes first.
  for (const old of kept.keys()) {
    if (size + made.body.length <= KEPT_MAX) break
    drop(old)
  }
  size += made.body.length
  kept.set(key, made)
  return made
}

function drop(key: string) {
  size -= kept.get(key)?.body.length ?? 0
  kept.delete(key)
}
