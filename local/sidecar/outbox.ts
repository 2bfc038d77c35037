import { WorkerEntrypoint } from 'cloudflare:workers'
import { mailboxOf, type SidecarEnv } from './env.ts'

/** The part of the e-mail binding's message that the app uses. */
interface Message {
  from: string
  to: string | string[]
  subject: string
  text?: string
  html?: string
}

/** Stands in for the e-mail binding: the same call and answer, but the mails stay here. */
export class Outbox extends WorkerEntrypoint<SidecarEnv> {
  async send({ from, to, subject, text = '', html = '' }: Message): Promise<{ messageId: string }> {
    const recipients = [to].flat()
    if (!from || recipients.length === 0 || !subject || !(text || html)) {
      throw new Error('A mail needs a sender, a recipient, a subject and a text.')
    }
    const mailbox = mailboxOf(this.env)
    const ids = await Promise.all(
      recipients.map((recipient) => mailbox.add({ to: recipient, subject, text, html })),
    )
    return { messageId: `${ids.join('-')}@mailbox.example` }
  }
}
