import { html } from 'hono/html'
import type { Letter, Post } from '#worker/notifications/letter.ts'
import { headerOf, shortened } from '#worker/notifications/wording.ts'

/** What an alert says, whichever way it goes. Its words are strangers': nothing in them may turn into more than text. */
export interface Notice {
  readonly title: string
  readonly facts: readonly Line[]
  readonly lines: readonly Line[]
  readonly action: string
  readonly url: string
}
interface Line {
  readonly label: string
  readonly text: string
}

/** Slack's limits, in characters. */
const HEADER_MAX = 150
const TITLE_MAX = 500
const TEXT_MAX = 3_000
const FIELD_MAX = 2_000
const FIELDS_MAX = 10

const lineOf = ({ label, text }: Line) => `${label}: ${text}`

/** As a mail, in plain text and HTML. */
export function mailOf({ title, facts, lines, action, url }: Notice): Letter {
  const parts = [facts, lines].filter((some) => some.length > 0)
  const tables = parts.map(
    (some) =>
      html`<table style="border-collapse:collapse;margin:0 0 16px">${some.map(
        ({
          label,
          text,
        }) => html`<tr><td style="color:#6b6b75;padding:2px 16px 2px 0;vertical-align:top">${label}</td>
<td style="padding:2px 0;white-space:pre-wrap">${text}</td></tr>`,
      )}</table>`,
  )
  const markup = html`<!doctype html><html lang="en"><body style="font:16px/1.5 system-ui,sans-serif;color:#1c1c1f">
<p>${title}</p>${tables}<p><a href="${url}">${action}</a></p></body></html>`
  return {
    subject: headerOf(title),
    text: `${[title, ...parts.map((some) => some.map(lineOf).join('\n')), `${action}:\n${url}`].join('\n\n')}\n`,
    html: markup.toString(),
  }
}

/**
 * As a message of Slack. All that strangers wrote stands in plain text, where Slack reads no mentions, links or markup; the
 * one line that it does read them in, the notice, is escaped.
 */
export function slackOf({ title, facts, lines, action, url }: Notice): Post['body'] {
  const text = shortened(lines.map(lineOf).join('\n'), TEXT_MAX)
  const fields = facts
    .slice(0, FIELDS_MAX)
    .map(({ label, text: fact }) => plain(`${label}\n${shortened(fact, FIELD_MAX - label.length - 1)}`))
  return {
    text: escaped(shortened(title, TITLE_MAX)),
    blocks: [
      { type: 'header', text: plain(shortened(headerOf(title), HEADER_MAX)) },
      ...(fields.length > 0 ? [{ type: 'section', fields }] : []),
      ...(text ? [{ type: 'section', text: plain(text) }] : []),
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'open', text: plain(action), url }],
      },
    ],
  }
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

/** As Slack wants text that may hold its signs; a mention needs an unescaped `<`. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
