/** A stored mail, as GET /dev/mail.json shows it. */
export interface Mail {
  id: string
  to: string
  subject: string
  text: string
  html: string
  /** ISO 8601 UTC. */
  at: string
}

export type NewMail = Omit<Mail, 'id' | 'at'>
