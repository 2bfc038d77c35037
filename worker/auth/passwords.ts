import { invalid } from '#worker/http/errors.ts'

/** @throws `invalid` at `/newPassword` for one of the commonest passwords. */
export async function refuseCommon(password: string) {
  const { isCommonPassword } = await import('./common-passwords.ts')
  if (isCommonPassword(password))
    throw invalid('/newPassword', 'This is one of the most used passwords. Choose another.')
}

/** A scrypt hash with its salt; about 0.1 s of CPU. Loaded on demand with the library that also checks it. */
export async function hashPassword(password: string): Promise<string> {
  const library = await import('better-auth/crypto')
  return library.hashPassword(password)
}

/** A hash that no password is known for, with the parameters of the others. */
const NOBODYS = `${'0'.repeat(32)}:${'0'.repeat(128)}`

/** Takes as long when there is no hash to compare with. */
export async function matchesPassword(hash: string | null, password: string): Promise<boolean> {
  const library = await import('better-auth/crypto')
  const matches = await library.verifyPassword({ hash: hash ?? NOBODYS, password })
  return hash !== null && matches
}
