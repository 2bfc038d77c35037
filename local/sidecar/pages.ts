import type { Mail } from './mail.ts'

/** As many as one looks at; the JSON holds all of them. */
const LISTED = 200

export function listPage(mails: Mail[]): string {
  const rows = mails.slice(0, LISTED).map(
    ({ id, to, subject, at }) => `
      <tr><td>${time(at)}</td><td>${escapeHtml(to)}</td><td><a href="/dev/mail/${id}">${escapeHtml(subject)}</a></td></tr>`,
  )
  const table = `
    <table>
      <thead><tr><th>Sent</th><th>To</th><th>Subject</th></tr></thead>
      <tbody>${rows.join('')}</tbody>
    </table>`
  return page('Mail', `<h1>Mail</h1>${rows.length > 0 ? table : '<p>No mail has been sent yet.</p>'}`)
}

export function mailPage({ to, subject, at, text, html }: Mail): string {
  const frame = `<h2>As HTML</h2><iframe title="The mail as HTML" sandbox="allow-top-navigation-by-user-activation allow-popups"
    srcdoc="${escapeHtml(`<base target="_top">${html}`)}"></iframe>`
  return page(
    subject,
    `<p><a href="/dev/mail">All mail</a></p>
    <h1>${escapeHtml(subject)}</h1>
    <p>To ${escapeHtml(to)}, ${time(at)}</p>
    <h2>As text</h2>
    <pre>${linked(text)}</pre>
    ${html ? frame : ''}`,
  )
}

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)}</title>
  <style>
    :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
    body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
    table { width: 100%; border-collapse: collapse }
    th, td { padding: .4rem .8rem .4rem 0; text-align: start; border-bottom: 1px solid #8884; overflow-wrap: anywhere }
    time { overflow-wrap: normal }
    @media (width >= 40rem) { time { white-space: nowrap } }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid #8884 }
    iframe { width: 100%; height: 32rem; border: 1px solid #8884; background: #fff }
  </style>
</head>
<body>${body}</body>
</html>
`

const time = (at: string) => `<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`

/** Escaped, with web addresses as links; a full stop or bracket behind an address is not part of it. */
const linked = (text: string) =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'])/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part),
    )
    .join('')

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
