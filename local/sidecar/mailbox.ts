import { DurableObject } from 'cloudflare:workers'
import type { SidecarEnv } from './env.ts'
import type { Mail, NewMail } from './mail.ts'

type Row = NewMail & { id: number; at: number }

const SELECT = 'SELECT id, recipient AS "to", subject, text, html, at FROM mails'

/** Keeps every mail that the app sends, over restarts. */
export class Mailbox extends DurableObject<SidecarEnv> {
  readonly #sql: SqlStorage

  constructor(state: DurableObjectState, env: SidecarEnv) {
    super(state, env)
    this.#sql = state.storage.sql
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS mails (
        id INTEGER PRIMARY KEY, recipient TEXT NOT NULL COLLATE NOCASE, subject TEXT NOT NULL,
        text TEXT NOT NULL, html TEXT NOT NULL, at INTEGER NOT NULL
      );
      CREATE INDEX IF NOT EXISTS mails_recipient ON mails (recipient)`)
  }

  add({ to, subject, text, html }: NewMail): string {
    const insert =
      'INSERT INTO mails (recipient, subject, text, html, at) VALUES (?, ?, ?, ?, ?) RETURNING id'
    return String(this.#sql.exec<{ id: number }>(insert, to, subject, text, html, Date.now()).one().id)
  }

  /** Newest first; all of them, or those to one address, upper and lower case alike. */
  list(to: string | null): Mail[] {
    const rows =
      to === null
        ? this.#sql.exec<Row>(`${SELECT} ORDER BY id DESC`)
        : this.#sql.exec<Row>(`${SELECT} WHERE recipient = ? ORDER BY id DESC`, to)
    return rows.toArray().map(toMail)
  }

  find(id: string): Mail | null {
    const [row] = this.#sql.exec<Row>(`${SELECT} WHERE id = ?`, Number(id)).toArray()
    return row ? toMail(row) : null
  }
}

const toMail = (row: Row): Mail => ({ ...row, id: String(row.id), at: new Date(row.at).toISOString() })
