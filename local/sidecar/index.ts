/**
 * The Worker that runs beside the app in local runs only: it takes the mails, shows them under /dev/, and stands between
 * the app and the network. Miniflare binds the parts by their names.
 */
export { Mailbox } from './mailbox.ts'
export { Outbound } from './outbound.ts'
export { Outbox } from './outbox.ts'
export { Site as default } from './site.ts'
