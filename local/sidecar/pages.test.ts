import { expect, test } from 'vitest'
import { listPage, mailPage } from './pages.ts'

const MAIL = {
  id: '7',
  to: '"><img src=x>@acme.example',
  subject: 'Welcome <script>alert(1)</script>',
  text: 'Set a password: http://localhost:8787/reset-password?token=a&b="c. Or <b>not</b>.',
  html: '<p onclick="x()">Hi</p>',
  at: '2026-11-22T10:00:00.000Z',
}

test('what a mail says is shown, never run', () => {
  for (const page of [listPage([MAIL]), mailPage(MAIL)]) {
    expect(page).toContain('Welcome &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toMatch(/<script|<img|<b>|<p onclick/)
  }
})

test('an address in the text is a link, without the quote behind it', () => {
  expect(mailPage(MAIL)).toContain(
    '<a href="http://localhost:8787/reset-password?token=a&amp;b=">http://localhost:8787/reset-password?token=a&amp;b=</a>&quot;c.',
  )
})

test('a full stop behind an address is not part of it', () => {
  expect(mailPage({ ...MAIL, text: 'See http://localhost:8787/x.' })).toContain(
    'href="http://localhost:8787/x"',
  )
})

test('the HTML of a mail sits in a frame without scripts, whose links open in the window', () => {
  const page = mailPage(MAIL)
  expect(page).toContain('sandbox="allow-top-navigation-by-user-activation allow-popups"')
  expect(page).toContain('srcdoc="&lt;base target=&quot;_top&quot;&gt;&lt;p onclick=')
})

test('each mail in the list leads to its page', () => {
  expect(listPage([MAIL])).toContain('<a href="/dev/mail/7">')
  expect(listPage([])).toContain('No mail has been sent yet.')
})
