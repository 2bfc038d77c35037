import { decrypt, encrypt } from '#worker/http/secrets.ts'

const PURPOSE = 'slack webhook of a form'
/** Characters of the address that people see. */
const TAIL = 4

/** A form's Slack webhook as it is stored: whoever reads the database cannot post to the channel. */
export const sealWebhook = (secret: string, formId: string, address: string) =>
  encrypt(secret, PURPOSE, formId, address)

/** The address to post to; null when the deployment's secret has changed since. */
export const openWebhook = (secret: string, formId: string, sealed: string) =>
  decrypt(secret, PURPOSE, formId, sealed)

/** What people know a webhook by: `hooks.slack.com/…/x9Zk`. */
export const hintOf = (address: string) => `${new URL(address).host}/…/${address.slice(-TAIL)}`
