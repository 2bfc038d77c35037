import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { Banner } from '#web/form/banner.tsx'
import { definitionOf, type PublicDefinition } from '#web/form/definition.ts'
import { designCss } from '#web/form/design.ts'
import { text as sheet } from '#web/form/form.css?compiled'
import { FormView, type FormViewProps, Thanks } from '#web/form/form-view.tsx'
import { directionOf } from '#web/form/language.ts'
import { text as script } from '#web/form/script.ts?compiled'
import type { Design, FormVersion } from '#worker/applications/schema.ts'

/** A whole page, and what it may load, as `Content-Security-Policy` says it. */
export interface Page {
  readonly html: string
  /** Without `frame-ancestors`, which is not of the page but of who asks. */
  readonly policy: string
}

const TURNSTILE = 'https://challenges.cloudflare.com'

/** What a page of a form is made from. */
export interface Shown extends Omit<FormViewProps, 'form' | 'siteKey'> {
  readonly version: FormVersion
  /** Turnstile's, where the deployment uses it. */
  readonly siteKey: string | undefined
}

/** The form, with its script. */
export function formPage({ version, siteKey, ...props }: Shown): Promise<Page> {
  const form = definitionOf(version)
  return pageOf({
    ...partsOf(form),
    body: <FormView {...props} form={form} siteKey={siteKey} />,
    script,
    asks: siteKey ? TURNSTILE : null,
  })
}

/** What is shown to whoever has sent the form without its script. */
export function thanksPage(version: FormVersion, embed: boolean): Promise<Page> {
  const form = definitionOf(version)
  return pageOf({ ...partsOf(form), body: framed(form, embed, <Thanks form={form} />) })
}

/** A form that takes nothing any more. */
export function closedPage(version: FormVersion, embed: boolean): Promise<Page> {
  const form = definitionOf(version)
  const notice = <Notice title="This form is closed" text="It takes no more applications." />
  return pageOf({ ...partsOf(form), body: framed(form, embed, notice) })
}

const PLAIN: Design = {
  bannerUrl: null,
  bannerColor: null,
  bannerHeight: 80,
  font: 'system',
  accent: '#3350cf',
}

/** Says why there is no form to be shown. */
export function plainPage(title: string, text: string): Promise<Page> {
  return pageOf({
    title,
    language: 'en',
    design: PLAIN,
    body: (
      <main>
        <header>
          <h1>{title}</h1>
          <p class="plain">{text}</p>
        </header>
      </main>
    ),
  })
}

const framed = (form: PublicDefinition, embed: boolean, body: VNode) => (
  <main lang={form.language} dir={directionOf(form.language)} data-embed={embed ? '' : undefined}>
    <Banner design={form.design} />
    <header>
      <h1>{form.title}</h1>
    </header>
    {body}
  </main>
)

const Notice = ({ title, text }: { title: string; text: string }) => (
  <div class="outcome" lang="en">
    <h2>{title}</h2>
    <p class="plain">{text}</p>
  </div>
)

interface Parts {
  readonly title: string
  readonly language: string
  readonly design: Design
  readonly body: VNode
  readonly script?: string
  /** Another site that the page may load a script and a frame from. */
  readonly asks?: string | null
}

const partsOf = ({ title, language, design }: PublicDefinition) => ({ title, language, design })

/** Everything in one answer: what is inlined is allowed by its hash, and nothing else. */
async function pageOf({ title, language, design, body, script = '', asks = null }: Parts): Promise<Page> {
  const css = `${sheet}${designCss(design)}`
  const html = [
    `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    renderToString(<title>{title}</title>),
    `<style>${css}</style></head><body>${renderToString(body)}`,
    script && `<script>${script}</script>`,
    '</body></html>',
  ].join('')
  const policy = [
    "default-src 'none'",
    `style-src '${await hashOf(css)}'`,
    ...(script
      ? [`script-src '${await hashOf(script)}'${asks ? ` ${asks}` : ''}`, "connect-src 'self'"]
      : []),
    ...(asks ? [`frame-src ${asks}`] : []),
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ')
  return { html, policy }
}

async function hashOf(text: string) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `sha256-${bytes.toBase64()}`
}
