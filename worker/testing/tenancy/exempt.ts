import { isWord, parse } from './tokens.ts'

/** Users who are nobody's member and no contact but these. */
const lonely = (contacts: string) => `(select u.id from users u
  where u.email in (select c.email from contacts c where ${contacts})
  and not exists (select 1 from members m where m.email = u.email or m.user_id = u.id)
  and not exists (select 1 from contacts c where c.user_id = u.id and not (${contacts})))`
const DELETED = [
  lonely('c.org_id = ? and c.partner_id in (select value from json_each(?))'),
  lonely('c.org_id = ? and c.partner_id = ? and c.id = ?'),
]

/** What somebody who comes in with a password, or with a mailed link, writes of their own. */
const comingIn = (user: string, whom: string) => [
  `insert into sessions (id, user_id, token, expires_at, user_agent, created_at, updated_at)
    select ?, u.id, u.id || '.' || coalesce(m.org_id, '') || '.' || coalesce(m.id, '') || '.' || ?, ?, ?, ?, ?
    from users u left join members m on m.user_id = u.id where ${whom} returning token`,
  `update contacts set last_seen_at = ?, claimed_at = coalesce(claimed_at, ?) where user_id = ${user}
    and not exists (select 1 from members m where m.user_id = ${user})`,
  `update partners set input_version = input_version + 1, score_due_at = ?
    where (org_id, id) in (select c.org_id, c.partner_id from contacts c where c.user_id = ${user})
      and not exists (select 1 from members m where m.user_id = ${user})
    returning org_id as orgId, id as partnerId`,
]

/** Statements that may name rows without their organisation, and why that shows nobody anything foreign. */
const EXEMPT: readonly (readonly [why: string, ...statements: readonly string[]])[] = [
  [
    'A user asks for what is their own, wherever it is: the signed session says who asks, and a user is one person.',
    `select m.id, m.role, m.org_id, o.name as org_name from members m
      join organizations o on o.id = m.org_id where m.user_id = ?`,
    `select c.partner_id, p.name as partner_name, c.org_id, o.name as org_name from contacts c
      join partners p on p.org_id = c.org_id and p.id = c.partner_id
      join organizations o on o.id = c.org_id
      where c.user_id = ? order by p.name_key, p.id`,
    'update members set name = ? where user_id = ? returning org_id',
    'update contacts set claimed_at = coalesce(claimed_at, ?) where user_id = (select id from users where email = ?)',
    ...comingIn(
      '?',
      `u.id = ? and exists (select 1 from accounts a where a.user_id = u.id and a.provider_id = 'credential' and a.password = ?)`,
    ),
    ...comingIn('(select id from users where email = ?)', 'u.email = ?'),
  ],
  [
    'A mailed link is its own proof: whoever holds the token may use the one row that it names.',
    `select l.id, l.purpose, l.org_id, l.email, l.payload, o.name as org_name
      from mail_links l left join organizations o on o.id = l.org_id
      where l.token_hash = ? and used_at is null and expires_at > ?`,
    `select coalesce((select 1 from mail_links where id = ? and used_at is null and expires_at > ? limit 1),
      json('refused')) as granted`,
    'update mail_links set used_at = ? where id = ?',
  ],
  [
    'A password belongs to a user, not to an organisation: a new one ends every link of the address.',
    `update mail_links set expires_at = ?
      where email = ? and purpose = 'reset' and used_at is null and expires_at > ?`,
  ],
  [
    'Whoever has proved an address takes the one invitation that waits for it, from whichever organisation.',
    `update members set user_id = (select id from users where email = ?), accepted_at = ?
      where email = ? and user_id is null
        and (select count(*) from members i where i.email = ? and i.user_id is null) = 1
        and not exists (select 1 from members o where o.user_id = (select id from users where email = ?))`,
  ],
  [
    'A portal account goes with its last contact: nobody else may have it, so all organisations are asked.',
    ...DELETED.flatMap((users) => [
      `delete from deliveries where org_id is null and recipient in (select email from users where id in ${users})`,
      `delete from mail_links where org_id is null and email in (select email from users where id in ${users})`,
      `delete from users where id in ${users}`,
    ]),
  ],
  [
    'Whether a deployment has an organisation at all.',
    'select not exists (select 1 from organizations) as none',
    `select coalesce((select 1 where not exists (select 1 from organizations) limit 1), json('refused')) as granted`,
  ],
  [
    'Work that is due, of everybody: the sweep only announces ids, each with its organisation where the job needs it.',
    `select id, channel, count > ? as many from (
        select id, channel, next_try_at, min(id) over alike as first,
          iif(topic is null, 1, count(*) over alike) as count
        from (select id, channel, next_try_at, topic, recipient from deliveries
          where state = 'pending' and next_try_at <= ? and lease_until <= ?
          order by next_try_at limit ?)
        window alike as (partition by topic, channel, recipient))
      where count <= ? or id = first order by next_try_at limit ?`,
    `select org_id, id from partners where score_due_at <= ? and score_lease_until <= ?
      order by score_due_at limit ?`,
    `select org_id, domain from domain_checks where due_at <= ? and lease_until <= ?
      order by due_at limit ?`,
  ],
  [
    'A job takes mails by the ids that it was handed and sends each to the address in its own row.',
    `update deliveries set lease_until = ?, attempts = attempts + 1
      where id in (select value from json_each(?))
        and state = 'pending' and next_try_at <= ? and lease_until <= ?
      returning id, purpose, recipient, attempts, request_id`,
    `update deliveries set lease_until = ?, attempts = attempts + 1
      where id in (select id from deliveries
        where state = 'pending' and next_try_at <= ? and lease_until <= ?
          and (topic, channel, recipient) in (select topic, channel, recipient from deliveries where id = ?)
        order by next_try_at limit ?)
      returning id, purpose, recipient, attempts, request_id`,
    `select l.delivery_id, coalesce(o.name, l.payload ->> 'organizationName') as org_name
      from mail_links l left join organizations o on o.id = l.org_id
      where l.delivery_id in (select value from json_each(?)) and l.used_at is null and l.expires_at > ?
        and (? = 'any' or exists (select 1 from users u where u.email = l.email))`,
    `update deliveries set state = r.value ->> 'state', last_error = r.value ->> 'error',
        next_try_at = r.value ->> 'next', done_at = r.value ->> 'done', digest_of = r.value ->> 'of', lease_until = 0
      from json_each(?) r
      where deliveries.id = r.value ->> 'id' and deliveries.state = 'pending'
        and (r.value ->> 'state' = 'done' or deliveries.attempts = r.value ->> 'attempts')`,
    `update deliveries set attempts = deliveries.attempts - 1, next_try_at = r.value ->> 'until', lease_until = 0
      from json_each(?) r
      where deliveries.id = r.value ->> 'id' and deliveries.state = 'pending'
        and deliveries.attempts = r.value ->> 'attempts'`,
  ],
  [
    "A form's address is public, and unique in the deployment: it says whose form it is.",
    'select org_id, id, state, share, published_version from forms where slug = ?',
  ],
  [
    'An alert is written by the ids that a job was handed, about the submission or form that its own row names.',
    `select a.*, iif(a.told_by = a.delivery_id, (select s.answers from submissions s
          where s.org_id = a.org_id and s.id = a.submission_id), null) as answers
      from (select d.id as delivery_id, d.channel, d.org_id, s.id as submission_id, f.id as form_id, s.form_version,
          f.name as form_name, s.company_name, s.company_domain, s.contact_name, s.contact_email,
          f.slack_webhook, f.slack_free_at, iif(count(*) over alike > ?, min(d.id) over alike, d.id) as told_by
        from deliveries d join submissions s on s.org_id = d.org_id and s.id = d.submission_id
          join forms f on f.org_id = s.org_id and f.id = s.form_id
        where d.id in (select value from json_each(?)) and s.suspected = 0
        window alike as (partition by f.id, d.channel, d.recipient)) a
      order by a.delivery_id`,
    `select d.id as delivery_id, d.channel, d.org_id, f.id as form_id, f.name as form_name, f.slack_webhook,
        f.slack_free_at, d.detail ->> 'from' as "from", d.detail ->> 'until' as "until"
      from deliveries d join forms f on f.org_id = d.org_id and f.id = d.detail ->> 'formId'
      where d.id in (select value from json_each(?)) order by d.id`,
  ],
  [
    'The sweep turns the summaries that are due, of everybody, into deliveries of the form that each is of.',
    `insert into deliveries (id, org_id, purpose, channel, recipient, state, attempts, next_try_at, lease_until,
        request_id, created_at, detail)
      select 'dlv_' || printf('%013d', f.summary_from) || substr(f.id, 20, 11) || '0'
        || substr(?, t.key + 1, 1), f.org_id, 'application-summary',
      iif(t.type = 'array', 'slack', 'email'), iif(t.type = 'array', coalesce(f.slack_hint, 'Slack'), t.value),
      'pending', 0, ?, 0, ?, ?, json_object('formId', f.id, 'from', f.summary_from, 'until', ?)
      from forms f, json_each(iif(f.slack_webhook is null, f.emails,
        json_insert(f.emails, '$[#]', json_array(f.slack_hint)))) t
      where f.summary_due_at <= ? on conflict do nothing`,
    `update forms set summary_from = iif(exists (select 1 from submissions s where s.org_id = forms.org_id
        and s.id >= ? and s.form_id = forms.id and s.suspected = 0), ?, null),
      summary_due_at = iif(exists (select 1 from submissions s where s.org_id = forms.org_id
        and s.id >= ? and s.form_id = forms.id and s.suspected = 0), summary_due_at + ?, null)
      where summary_due_at <= ?`,
  ],
  [
    'The sweep forgets what is too old, of everybody.',
    'delete from mail_links where expires_at < ?',
    'delete from idempotency_keys where created_at < ?',
    'delete from bulk_edits where until < ?',
    `insert or ignore into audit_log (id, org_id, at, actor_id, action, target_id, detail, request_id)
      select 'aud_' || substr(o.id, 5), o.org_id, ?, 'sweep', 'submission.expire', o.id, '{}', 'sweep' from (
        select s.org_id, s.id from submissions s where s.suspected = 1 and s.submitted_at < ?
        order by s.submitted_at limit ?) o`,
    `delete from submissions where (org_id, id) in (select s.org_id, s.id from submissions s
      where s.suspected = 1 and s.submitted_at < ? order by s.submitted_at limit ?)`,
  ],
]

/** A statement in one spelling, however its lines are broken. */
export const inOneLine = (sql: string) => sql.replace(/\s+/g, ' ').replace(/\( /g, '(').trim()

const TEXTS = EXEMPT.flatMap(([, ...statements]) => statements.map(inOneLine))

/** One of the statements above, to the letter, or with further conditions at its end. */
export const isExempt = (sql: string) => {
  const text = inOneLine(sql)
  return TEXTS.some(
    (known) => text === known || (text.startsWith(`${known} and `) && narrows(text.slice(known.length))),
  )
}

/** True of conditions that only take rows away. */
function narrows(conditions: string) {
  try {
    return !parse(conditions).some((node) => isWord(node, 'or', 'union', 'case'))
  } catch {
    return false
  }
}
