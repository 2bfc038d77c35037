/**
 * A key for each body that is sent: the same body keeps its key, so that a retry makes nothing twice, and a changed one
 * gets a new key, because the server refuses a known key with another body.
 */
export function createKeyring(newKey: () => string = () => crypto.randomUUID()) {
  let key = newKey()
  let sent: string | null = null
  return (body: unknown) => {
    const text = JSON.stringify(body)
    if (sent !== null && sent !== text) key = newKey()
    sent = text
    return key
  }
}
