import { expect, test } from 'vitest'
import { founder, isAt, signIn, visitor } from './journey.ts'
import { partner } from './people.ts'

test('a link from a colleague leads to the sign-in page, and from there to what it meant', async () => {
  const owner = await founder()
  const { id } = await owner.api.post<{ id: string }>('/api/partners', partner({ name: 'Driftwood' }))
  const { page } = await visitor()
  await page.goto(`/partners/${id}?score=health`)
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await signIn(page, owner.email)
  await page.getByRole('dialog', { name: 'Driftwood' }).waitFor()
  await isAt(page, `/partners/${id}?score=health`)
})

test('the way back survives a detour over the forgotten password', async () => {
  const { page } = await visitor()
  await page.goto('/settings/account')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByRole('link', { name: 'Back to sign in' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await isAt(page, `/login?next=${encodeURIComponent('/settings/account')}`)
})

/** Ways to write another site so that a page takes it for a path of its own. */
const ELSEWHERE = [
  '//evil.invalid',
  '////evil.invalid',
  '\\\\evil.invalid',
  '/\\/evil.invalid',
  'https:/evil.invalid',
  'http://evil.invalid',
  'javascript:top.__xss=1',
  '/\t/evil.invalid',
  '/%09/evil.invalid',
  '/%5cevil.invalid',
  '/..//evil.invalid',
  '@evil.invalid',
  'data:text/html,<script>top.__xss=1</script>',
  '/／/evil.invalid',
  '/login?next=//evil.invalid',
]

test('whoever is signed in already is led to no other site', async () => {
  const { page, noise } = await founder()
  // Some are odd paths of this site, where nothing is.
  noise.expect(/status of 404/)
  const { origin } = new URL((await page.goto('/partners'))?.url() ?? '')
  for (const next of ELSEWHERE) {
    await page.goto(`/login?next=${encodeURIComponent(next)}`)
    await expect.poll(() => new URL(page.url()).pathname, { message: next }).not.toBe('/login')
    expect(new URL(page.url()).origin, next).toBe(origin)
  }
  expect(await page.evaluate(() => '__xss' in window)).toBe(false)
})

test.each(['//evil.invalid', '/\\/evil.invalid', 'javascript:top.__xss=1'])(
  'signing in with the way back %s leads to the directory',
  async (next) => {
    const owner = await founder()
    const { page } = await visitor()
    await page.goto(`/login?next=${encodeURIComponent(next)}`)
    await signIn(page, owner.email)
    await page.getByRole('heading', { name: 'No partners yet' }).waitFor()
    await isAt(page, '/partners')
  },
)
