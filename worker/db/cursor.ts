import { invalid } from '#worker/http/errors.ts'
import { isId, type Prefix } from './ids.ts'

/** Where a page ended: the sort key and the id of its last row. */
export type Position = readonly [key: string, id: string]

export const encodeCursor = (position: Position) =>
  new TextEncoder().encode(JSON.stringify(position)).toBase64({ alphabet: 'base64url', omitPadding: true })

/** @throws `invalid` at `/cursor` when the cursor is cut, forged or of a list of other things than `prefix` names. */
export function decodeCursor(cursor: string, prefix: Prefix): Position {
  try {
    const bytes = Uint8Array.fromBase64(cursor, { alphabet: 'base64url' })
    const parsed: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes),
    )
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [key, id] = parsed
      if (typeof key === 'string' && typeof id === 'string' && isId(prefix, id)) return [key, id]
    }
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw wrongCursor()
}

export const wrongCursor = () => invalid('/cursor', 'Start again from the first page.')
