import type { Mailbox } from './mailbox.ts'

export interface SidecarEnv {
  MAILBOX: DurableObjectNamespace<Mailbox>
  /** Runs the app's scheduled handler. */
  CRON: Fetcher
  /** Where the app's requests go instead; empty when they go where they are meant. */
  OUTBOUND: string
}

/** There is one mailbox, for everybody. */
export const mailboxOf = (env: SidecarEnv) => env.MAILBOX.get(env.MAILBOX.idFromName('mailbox'))
