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

/** SHA-256 of `text`, in hexadecimal. */
export async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text))).toHex()
}
