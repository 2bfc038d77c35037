const utf8 = new TextEncoder()

/** Keys by their secret, of which a deployment has one: to make a key takes longer than to use it. */
const keys = new Map<string, CryptoKey>()

async function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret)
  if (known) return known
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['sign', 'verify'])
  keys.set(secret, key)
  return key
}

/** HMAC-SHA-256 of `text`, base64url: 256 bits that nobody without the secret can foresee. */
export async function keyedHash(secret: string, text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(secret), utf8.encode(text)))
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
}

/** Whether `signature` is the HMAC-SHA-256 of `text`, in base64. */
export async function isSigned(secret: string, text: string, signature: string): Promise<boolean> {
  try {
    const bytes = Uint8Array.fromBase64(signature)
    return await crypto.subtle.verify('HMAC', await keyOf(secret), bytes, utf8.encode(text))
  } catch {
    // Not base64.
    return false
  }
}

/** SHA-256 of a text or of bytes, in hexadecimal. */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
}

const IV_BYTES = 12

/** One key per purpose, all from the deployment's one secret; none tells anything of another. */
async function sealingKey(secret: string, purpose: string): Promise<CryptoKey> {
  const name = `AES-GCM ${purpose} ${secret}`
  const known = keys.get(name)
  if (known) return known
  const material = await crypto.subtle.importKey('raw', utf8.encode(secret), 'HKDF', false, ['deriveKey'])
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8.encode(purpose) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
  keys.set(name, key)
  return key
}

/**
 * `text` as only `decrypt` with the same secret, purpose and place reads it, in base64url; never twice the same. The place
 * is the row that it is for: moved to another one, it cannot be read.
 */
export async function encrypt(secret: string, purpose: string, place: string, text: string) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const algorithm = { name: 'AES-GCM', iv, additionalData: utf8.encode(place) }
  const sealed = await crypto.subtle.encrypt(algorithm, await sealingKey(secret, purpose), utf8.encode(text))
  const bytes = new Uint8Array(IV_BYTES + sealed.byteLength)
  bytes.set(iv)
  bytes.set(new Uint8Array(sealed), IV_BYTES)
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
}

/** What was encrypted; null when it was for another purpose or place, by another secret, or is damaged. */
export async function decrypt(secret: string, purpose: string, place: string, sealed: string) {
  try {
    const bytes = Uint8Array.fromBase64(sealed, { alphabet: 'base64url' })
    const algorithm = {
      name: 'AES-GCM',
      iv: bytes.subarray(0, IV_BYTES),
      additionalData: utf8.encode(place),
    }
    const key = await sealingKey(secret, purpose)
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(IV_BYTES)))
  } catch {
    return null
  }
}
