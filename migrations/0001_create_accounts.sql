-- People, their credentials and sessions, organisations and members, mailed links, deliveries and what keeps them honest.
-- Times are Unix ms. Ids are a prefix, '_' and a ULID in lower case.

create table users (
  id text primary key not null,
  name text not null,
  email text not null,
  email_verified integer not null default 0,
  image text,
  created_at integer not null,
  updated_at integer not null
) strict, without rowid;
create unique index users_email on users (email);

create table sessions (
  id text primary key not null,
  user_id text not null references users (id) on delete cascade,
  token text not null,
  expires_at integer not null,
  ip_address text,
  user_agent text,
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index sessions_token on sessions (token);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

create table accounts (
  id text primary key not null,
  user_id text not null references users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at integer,
  refresh_token_expires_at integer,
  scope text,
  password text,
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index accounts_user_provider on accounts (user_id, provider_id);

-- What the credential library keeps while it proves something; unused by passwords and mailed links.
create table verifications (
  id text primary key not null,
  identifier text not null,
  value text not null,
  expires_at integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create index verifications_identifier on verifications (identifier);

create table organizations (
  id text primary key not null,
  name text not null,
  created_at integer not null
) strict;

create table members (
  id text not null,
  org_id text not null references organizations (id) on delete cascade,
  user_id text references users (id) on delete set null,
  email text not null,
  name text not null,
  role text not null check (role in ('viewer', 'manager', 'admin', 'owner')),
  created_at integer not null,
  accepted_at integer,
  primary key (org_id, id)
) strict;
create unique index members_email on members (org_id, email);
-- One address belongs to one organisation at most.
create unique index members_user on members (user_id) where user_id is not null;
-- Invitations that wait for an address.
create index members_invited on members (email) where user_id is null;

create table deliveries (
  id text primary key not null,
  org_id text references organizations (id) on delete cascade,
  purpose text not null,
  channel text not null check (channel in ('email')),
  recipient text not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  attempts integer not null default 0,
  next_try_at integer not null,
  lease_until integer not null default 0,
  last_error text,
  request_id text not null,
  created_at integer not null,
  done_at integer
) strict;
create index deliveries_due on deliveries (next_try_at) where state = 'pending';

-- What a mailed link will do once it is used. The token itself is stored nowhere, only its SHA-256.
create table mail_links (
  id text primary key not null,
  delivery_id text not null,
  purpose text not null check (purpose in ('reset', 'invitation', 'founding')),
  org_id text references organizations (id) on delete cascade,
  email text not null,
  payload text not null check (json_valid(payload)),
  token_hash text not null,
  created_at integer not null,
  expires_at integer not null,
  used_at integer
) strict;
create unique index mail_links_token on mail_links (token_hash);
create index mail_links_email on mail_links (email, purpose);
create index mail_links_delivery on mail_links (delivery_id);
create index mail_links_expiry on mail_links (expires_at);

-- Tries per key and period; the key is a keyed hash, so no address stands here.
create table limits (
  key text primary key not null,
  started_at integer not null,
  tries integer not null
) strict, without rowid;
create index limits_started on limits (started_at);

create table dead_letters (
  id text primary key not null,
  at integer not null,
  queue text not null,
  body text not null,
  attempts integer not null
) strict;

create table audit_log (
  id text not null,
  org_id text not null references organizations (id) on delete cascade,
  at integer not null,
  actor_id text not null,
  action text not null,
  target_id text,
  detail text not null check (json_valid(detail)),
  request_id text not null,
  primary key (org_id, id)
) strict, without rowid;
create trigger audit_log_is_append_only before update on audit_log
begin
  select raise(abort, 'the audit log is append-only');
end;

-- First answers of requests that carried an Idempotency-Key.
create table idempotency_keys (
  org_id text not null references organizations (id) on delete cascade,
  scope text not null,
  key text not null,
  body_hash text not null,
  answer text not null,
  created_at integer not null,
  primary key (org_id, scope, key)
) strict, without rowid;
create index idempotency_keys_created on idempotency_keys (created_at);
