import { TECHNOLOGIES, type Technology } from './terms.ts'

/** How a product shows itself. Hosts match their subdomains, too; tokens match what a TXT record begins with. */
interface Trace {
  readonly txt?: readonly string[]
  /** Mail servers, name servers and what a sender policy includes. */
  readonly dns?: readonly string[]
  readonly scripts?: readonly string[]
  /** Parts of a script's path, wherever it is kept. */
  readonly paths?: readonly string[]
}

const TRACES: Record<Technology, Trace> = {
  'google-workspace': {
    dns: ['aspmx.l.google.com', 'smtp.google.com', 'googlemail.com', '_spf.google.com'],
  },
  'microsoft-365': {
    txt: ['ms='],
    dns: ['mail.protection.outlook.com', 'mx.microsoft', 'spf.protection.outlook.com'],
  },
  'google-analytics': { scripts: ['google-analytics.com'], paths: ['/gtag/js'] },
  'google-tag-manager': { paths: ['/gtm.js'] },
  adobe: {
    txt: ['adobe-idp-site-verification=', 'adobe-sign-verification='],
    scripts: ['assets.adobedtm.com', 'use.typekit.net'],
  },
  apple: { txt: ['apple-domain-verification='] },
  atlassian: { txt: ['atlassian-domain-verification=', 'atlassian-sending-domain-verification='] },
  aws: { dns: ['awsdns'] },
  'amazon-ses': { txt: ['amazonses:'], dns: ['amazonses.com', 'amazonaws.com'] },
  canva: { txt: ['canva-site-verification='] },
  cisco: { txt: ['cisco-ci-domain-verification='] },
  cloudflare: {
    txt: ['cloudflare_dashboard_sso='],
    dns: ['ns.cloudflare.com', 'mx.cloudflare.net'],
    scripts: ['static.cloudflareinsights.com'],
  },
  docusign: { txt: ['docusign='] },
  drift: { txt: ['drift-domain-verification='], scripts: ['js.driftt.com'] },
  dropbox: { txt: ['dropbox-domain-verification='] },
  facebook: { txt: ['facebook-domain-verification='], scripts: ['connect.facebook.net'] },
  freshworks: {
    dns: ['freshdesk.com', 'freshemail.io'],
    scripts: ['freshchat.com', 'freshworks.com', 'freshdesk.com'],
  },
  hotjar: { scripts: ['static.hotjar.com'] },
  hubspot: {
    txt: ['hubspot-developer-verification='],
    dns: ['hubspotemail.net'],
    scripts: ['hs-scripts.com', 'hsforms.net', 'hs-analytics.net', 'hs-banner.com', 'hubspot.com'],
  },
  intercom: { scripts: ['widget.intercom.io', 'js.intercomcdn.com'] },
  klaviyo: { txt: ['klaviyo-site-verification='], scripts: ['static.klaviyo.com'] },
  linkedin: { scripts: ['snap.licdn.com', 'platform.linkedin.com'] },
  loom: { txt: ['loom-site-verification=', 'loom-verification='] },
  mailchimp: {
    dns: ['servers.mcsv.net', 'spf.mandrillapp.com'],
    scripts: ['list-manage.com', 'chimpstatic.com'],
  },
  mailgun: { dns: ['mailgun.org'] },
  marketo: { dns: ['mktomail.com'], scripts: ['munchkin.marketo.net'] },
  mimecast: { dns: ['mimecast.com', 'mimecast.co.za'] },
  miro: { txt: ['miro-verification='] },
  mixpanel: { txt: ['mixpanel-domain-verify='], scripts: ['cdn.mxpnl.com', 'cdn.mixpanel.com'] },
  notion: { txt: ['notion-domain-verification=', 'notion_verify_'] },
  onetrust: {
    txt: ['onetrust-domain-verification='],
    scripts: ['cdn.cookielaw.org', 'cdn-ukwest.onetrust.com'],
  },
  openai: { txt: ['openai-domain-verification='] },
  pardot: { txt: ['pardot'], dns: ['pardot.com'], scripts: ['pardot.com'] },
  postmark: { dns: ['spf.mtasv.net', 'postmarkapp.com'] },
  proofpoint: { dns: ['pphosted.com', 'ppe-hosted.com'] },
  salesforce: {
    txt: ['salesforce-'],
    dns: ['_spf.salesforce.com', 'exacttarget.com'],
    scripts: ['force.com', 'salesforceliveagent.com'],
  },
  segment: { txt: ['segment-site-verification='], scripts: ['cdn.segment.com'] },
  sendgrid: { dns: ['sendgrid.net'] },
  sentry: { scripts: ['sentry-cdn.com'] },
  shopify: { txt: ['shopify-verification-code='], scripts: ['cdn.shopify.com'] },
  slack: { txt: ['slack-domain-verification='] },
  stripe: { txt: ['stripe-verification='], scripts: ['js.stripe.com'] },
  webex: { txt: ['webexdomainverification'] },
  webflow: { scripts: ['website-files.com', 'assets-global.website-files.com', 'webflow.com'] },
  wix: { scripts: ['static.parastorage.com', 'wixstatic.com'] },
  wordpress: { scripts: ['s0.wp.com', 'stats.wp.com'], paths: ['/wp-content/', '/wp-includes/'] },
  zendesk: { txt: ['zendeskverification'], dns: ['mail.zendesk.com'], scripts: ['static.zdassets.com'] },
  zoho: {
    txt: ['zoho-verification='],
    dns: ['zoho.com', 'zoho.eu', 'zoho.in', 'zohomail.com'],
    scripts: ['salesiq.zoho.com'],
  },
  zoom: { txt: ['zoom_verify_', 'zoom-domain-verification='] },
}

const isHost = (host: string) => (known: string) => host === known || host.endsWith(`.${known}`)

/** Amazon numbers its name servers inside their names: `ns-1.awsdns-02.org`. */
const isNamed = (host: string) => (known: string) =>
  isHost(host)(known) || (known === 'awsdns' && /\.awsdns-\d+\./.test(host))

const seen = (shows: (trace: Trace) => boolean | undefined): Technology[] =>
  TECHNOLOGIES.filter((slug) => shows(TRACES[slug]))

/** Products that TXT records, mail servers, name servers and the sender policy give away. */
export const technologiesInDns = (txt: readonly string[], hosts: readonly string[]): Technology[] =>
  seen(
    (trace) =>
      trace.txt?.some((token) => txt.some((text) => text.toLowerCase().startsWith(token))) ||
      trace.dns?.some((known) => hosts.some((host) => isNamed(host)(known))),
  )

/** Products whose scripts a page loads. */
export const technologiesInScripts = (scripts: readonly URL[]): Technology[] =>
  seen(
    (trace) =>
      trace.scripts?.some((known) => scripts.some(({ hostname }) => isHost(hostname)(known))) ||
      trace.paths?.some((path) => scripts.some(({ pathname }) => pathname.includes(path))),
  )
