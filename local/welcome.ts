import { DEMO_PASSWORD, DEMO_SIGN_INS } from '#local/demo/accounts.ts'

/** What to know once it runs. */
export function welcome({ url, dataDir, demo }: { url: string; dataDir: string; demo: boolean }): string {
  const signIns = DEMO_SIGN_INS.map(
    ({ email, page, what }) => `    ${email.padEnd(22)} ${url}${page.padEnd(14)} ${what}`,
  )
  return [
    '',
    `  Entente runs at ${url}`,
    '',
    ...(demo
      ? [`  Sign in with the password ${DEMO_PASSWORD} as`, ...signIns, '']
      : [`  Found an organisation at ${url}/signup`, '']),
    `  Mails that it sends   ${url}/dev/mail`,
    `  Its data              ${dataDir}`,
    '  Ctrl-C ends it.',
    '',
  ].join('\n')
}
