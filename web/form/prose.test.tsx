import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { htmlOf } from './markdown.ts'
import { Prose } from './prose.tsx'

const shown = (html: string) =>
  /^<div class="prose">(.*)<\/div>$/s.exec(renderToString(<Prose html={html} />))?.[1]

test('what Markdown becomes is shown as it is', () => {
  const html = htmlOf(
    '## Terms\n\n1. one\n2. two *em* **strong** ~~gone~~\n\n> said\n\n- a\n\n`x < y`\n\n---\n\n3. later\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[us](https://acme.com/?a=1&b="2") &copy; \'q\'',
  )
  const text = (markup = '') => markup.replace(/<[^>]*>|\s/g, '').replaceAll('&quot;', '"')
  expect(text(shown(html))).toBe(
    text(html).replaceAll('&#39;', "'").replace('&copy;', '©').replaceAll('&gt;', '>'),
  )
  for (const tag of [
    'h4',
    'ol',
    'li',
    'em',
    'strong',
    'del',
    'blockquote',
    'ul',
    'code',
    'hr',
    'table',
    'td',
  ])
    expect(shown(html)).toContain(`<${tag}`)
  expect(shown(html)).toContain('<ol start="3">')
  expect(shown(html)).toMatch(/<a href="https:\/\/acme\.com\/[^"]*" target="_blank" rel="noopener/)
})

test.each([
  ['<script>alert(1)</script>', 'script'],
  ['<img src=x onerror=alert(1)>', 'img'],
  ['<p onclick="alert(1)">x</p>', 'onclick'],
  ['<a href="javascript:alert(1)">x</a>', 'javascript'],
  ['<a href="https://x.example" style="x" onmouseover="y">x</a>', 'onmouseover'],
  ['<svg/onload=alert(1)>', 'svg'],
  ['<P STYLE="x">x</P>', 'P'],
])('%s has no element or attribute %s', (html, name) => {
  expect(shown(html)).not.toMatch(new RegExp(`<${name}|<[^>]*\\s${name}[=:]|href="${name}`))
})

test('tags that do not match end somewhere', () => {
  expect(shown('<ul><li>a</p></em><p>b')).toBe('<ul><li>a<p>b</p></li></ul>')
})
