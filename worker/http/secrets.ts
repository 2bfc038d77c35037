const utf8 = new TextEncoder()

/** HMAC-SHA-256 of `text`, base64url: 256 bits that nobody without the secret can foresee. */
export async function keyedHash(secret: string, text: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    utf8.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)))
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
}

/** SHA-256 of `text`, in hexadecimal. */
export async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text))).toHex()
}
