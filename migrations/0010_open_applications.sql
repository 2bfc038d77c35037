-- Application forms, what was published of them, what applicants sent, and alerts about it.

create table forms (
  id text not null,
  org_id text not null references organizations (id) on delete cascade,
  name text not null,
  -- Unique in the deployment: it is the public address.
  slug text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'closed')),
  -- Rises with each save; each save is a snapshot of that number.
  version integer not null default 1,
  -- The save that applicants see; null before the first publication.
  published_version integer,
  sections text not null check (json_valid(sections)),
  design text not null check (json_valid(design)),
  content text not null check (json_valid(content)),
  share text not null check (json_valid(share)),
  -- Who is told of a submission.
  emails text not null default '[]' check (json_valid(emails)),
  -- The address of the Slack webhook, encrypted; its last characters, for people.
  slack_webhook text,
  slack_hint text,
  rhythm text not null default 'each' check (rhythm in ('each', 'daily')),
  -- Submissions taken in a day (UTC), at most; 0 for no limit.
  daily_cap integer not null default 1000,
  -- When the next daily summary goes out, and what it begins with; null while there is nothing to tell.
  summary_due_at integer,
  summary_from integer,
  -- Until then Slack takes no further message of this form: it wants a second between two.
  slack_free_at integer not null default 0,
  created_at integer not null,
  updated_at integer not null,
  primary key (org_id, id)
) strict;
create unique index forms_slug on forms (slug);
create index forms_summary_due on forms (summary_due_at) where summary_due_at is not null;

-- Banners and documents of a form. Versions name them for as long as there is the form, so they stay as long.
create table form_files (
  org_id text not null,
  form_id text not null,
  key text not null,
  kind text not null check (kind in ('banner', 'document')),
  bytes integer not null,
  sha256 text not null,
  created_at integer not null,
  primary key (org_id, form_id, key),
  foreign key (org_id, form_id) references forms (org_id, id) on delete cascade
) strict, without rowid;
create trigger form_files_take after delete on form_files
begin
  insert or ignore into stray_files (key, due_at) values (old.key, 0);
end;

-- Snapshots of forms, besides those of the programme.
create table snapshots_of_kinds (
  org_id text not null references organizations (id) on delete cascade,
  kind text not null check (kind in ('program', 'form')),
  -- Of which thing; '' where the organisation has but one.
  subject_id text not null,
  n integer not null,
  content text not null check (json_valid(content)),
  actor_id text not null,
  actor_name text not null,
  at integer not null,
  primary key (org_id, kind, subject_id, n)
) strict;
insert into snapshots_of_kinds select * from snapshots;
drop table snapshots;
alter table snapshots_of_kinds rename to snapshots;
create trigger forms_snapshots_take after delete on forms
begin
  delete from snapshots where org_id = old.org_id and kind = 'form' and subject_id = old.id;
end;

-- What one applicant sent, tied to the version that they saw.
create table submissions (
  id text not null,
  org_id text not null,
  form_id text not null,
  form_version integer not null,
  state text not null default 'new' check (state in ('new', 'approved', 'rejected')),
  -- Looks like spam: held apart, and nobody is told.
  suspected integer not null default 0 check (suspected in (0, 1)),
  -- When a member first opened it.
  read_at integer,
  company_name text,
  company_domain text,
  contact_name text,
  contact_email text,
  -- What makes a second try the same submission: the client's key, or the hash of what was sent.
  idempotency_key text not null,
  body_hash text not null,
  submitted_at integer not null,
  partner_id text,
  version integer not null default 0,
  -- ISO 3166 alpha-2, as the edge saw it.
  country text,
  -- Why it is suspected: a list of words of `terms.ts`.
  suspicions text not null default '[]' check (json_valid(suspicions)),
  answers text not null check (json_valid(answers)),
  agreements text not null check (json_valid(agreements)),
  primary key (org_id, id),
  foreign key (org_id, form_id) references forms (org_id, id) on delete cascade
) strict;
create unique index submissions_key on submissions (org_id, form_id, idempotency_key);
create index submissions_state on submissions (org_id, suspected, state, id);
-- What the sweep deletes when it is too old.
create index submissions_suspected on submissions (submitted_at) where suspected = 1;
create index submissions_domain on submissions (org_id, company_domain) where company_domain is not null;

-- Partner and submission name each other; when one goes, the other forgets it.
create trigger submission_partner_take after delete on submissions when old.partner_id is not null
begin
  update partners set submission_id = null where org_id = old.org_id and id = old.partner_id;
end;
create trigger partner_submission_take after delete on partners when old.submission_id is not null
begin
  update submissions set partner_id = null
    where org_id = old.org_id and id = old.submission_id and partner_id = old.id;
end;

-- How many of a form there are in each state, and how many of those nobody has opened.
create table submission_counts (
  org_id text not null,
  form_id text not null,
  suspected integer not null,
  state text not null,
  count integer not null,
  unread integer not null,
  -- The last day (UTC, since 1970) on which one came in, and how many did on it.
  day integer not null default 0,
  today integer not null default 0,
  primary key (org_id, form_id, suspected, state),
  foreign key (org_id, form_id) references forms (org_id, id) on delete cascade
) strict, without rowid;
create trigger submission_counts_add after insert on submissions
begin
  insert into submission_counts (org_id, form_id, suspected, state, count, unread, day, today)
    values (new.org_id, new.form_id, new.suspected, new.state, 1, new.read_at is null,
      new.submitted_at / 86400000, 1)
    on conflict do update set count = count + 1, unread = unread + excluded.unread,
      today = case when excluded.day > day then 1 else today + 1 end, day = max(day, excluded.day);
end;
create trigger submission_counts_take after delete on submissions
begin
  update submission_counts set count = count - 1, unread = unread - (old.read_at is null)
    where org_id = old.org_id and form_id = old.form_id and suspected = old.suspected and state = old.state;
end;
create trigger submission_counts_move after update of state, suspected, read_at on submissions
  when (old.state, old.suspected, old.read_at is null) is not (new.state, new.suspected, new.read_at is null)
begin
  update submission_counts set count = count - 1, unread = unread - (old.read_at is null)
    where org_id = old.org_id and form_id = old.form_id and suspected = old.suspected and state = old.state;
  insert into submission_counts (org_id, form_id, suspected, state, count, unread)
    values (new.org_id, new.form_id, new.suspected, new.state, 1, new.read_at is null)
    on conflict do update set count = count + 1, unread = unread + excluded.unread;
end;

-- Notes of reviewers, and what was decided, by whom and why.
create table submission_events (
  id text not null,
  org_id text not null,
  submission_id text not null,
  kind text not null check (kind in ('note', 'state', 'not-suspected', 'partner', 'resent')),
  from_state text,
  to_state text,
  reason text,
  text text,
  actor_id text not null,
  actor_name text not null,
  at integer not null,
  primary key (org_id, submission_id, id),
  foreign key (org_id, submission_id) references submissions (org_id, id) on delete cascade
) strict;

-- Tries of one address block at one form: two periods in one row, which nothing else points at.
create table submit_tries (
  -- A keyed hash, so no address stands here.
  key text primary key not null,
  minute_at integer not null,
  minute_tries integer not null,
  hour_at integer not null,
  hour_tries integer not null
) strict, without rowid;

-- Deliveries to Slack, too, and which submission or form they tell of.
create table deliveries_of_channels (
  id text primary key not null,
  org_id text references organizations (id) on delete cascade,
  purpose text not null,
  channel text not null check (channel in ('email', 'slack')),
  recipient text not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  attempts integer not null default 0,
  next_try_at integer not null,
  lease_until integer not null default 0,
  last_error text,
  request_id text not null,
  created_at integer not null,
  done_at integer,
  submission_id text,
  -- What else its writer needs to know; ids, times and values of fixed lists.
  detail text check (detail is null or json_valid(detail)),
  foreign key (org_id, submission_id) references submissions (org_id, id) on delete cascade
) strict, without rowid;
insert into deliveries_of_channels
  (id, org_id, purpose, channel, recipient, state, attempts, next_try_at, lease_until, last_error, request_id,
    created_at, done_at)
  select id, org_id, purpose, channel, recipient, state, attempts, next_try_at, lease_until, last_error, request_id,
    created_at, done_at from deliveries;
drop table deliveries;
alter table deliveries_of_channels rename to deliveries;
create index deliveries_due on deliveries (next_try_at) where state = 'pending';
create index deliveries_submission on deliveries (org_id, submission_id) where submission_id is not null;
create index deliveries_failed on deliveries (org_id, created_at) where state = 'failed';
