-- Partners with their contacts, the programme's tracks and tiers, scores and the settings that they are computed by.

create table tracks (
  id text not null,
  org_id text not null references organizations (id) on delete cascade,
  position integer not null,
  name text not null,
  types text not null check (json_valid(types)),
  grace_days integer not null default 30,
  primary key (org_id, id)
) strict, without rowid;

create table program_tiers (
  id text not null,
  org_id text not null,
  track_id text not null,
  level text not null check (level in ('platinum', 'gold', 'silver')),
  name text not null,
  color text not null,
  benefits text not null default '',
  rules text not null check (json_valid(rules)),
  primary key (org_id, id),
  foreign key (org_id, track_id) references tracks (org_id, id) on delete cascade
) strict, without rowid;
create unique index program_tiers_level on program_tiers (org_id, track_id, level);

create table partners (
  id text not null,
  org_id text not null references organizations (id) on delete cascade,
  name text not null,
  -- The name without case and accents: what the directory is sorted by.
  name_key text not null,
  domain text not null,
  logo_key text,
  type text not null check (type in ('technology', 'channel', 'reseller', 'referral')),
  subtype text,
  category text check (category in ('solution', 'technology', 'sales')),
  industry text,
  stage text not null,
  stage_changed_at integer not null,
  status text not null generated always as (
    case
      when stage in ('prospect', 'applied', 'qualified', 'onboarding') then 'pending'
      when stage in ('dormant', 'offboarded') then 'inactive'
      else 'active'
    end
  ) virtual,
  tier text check (tier in ('platinum', 'gold', 'silver')),
  tier_source text not null check (tier_source in ('auto', 'manual')),
  program_tier_id text,
  track_id text,
  tier_by text,
  tier_at integer,
  tier_reason text,
  region text not null,
  regions text not null check (json_valid(regions)),
  languages text not null check (json_valid(languages)),
  tags text not null check (json_valid(tags)),
  joint_value_proposition text,
  key_stakeholders text not null check (json_valid(key_stakeholders)),
  manager_id text,
  partner_lead_id text,
  rating integer check (rating between 1 and 5),
  pulse integer check (pulse between 1 and 5),
  pulse_at integer,
  certifications integer check (certifications >= 0),
  submission_id text,
  -- Rises with each edit by a person.
  version integer not null default 1,
  -- Rises with each edit of a field that scoring reads.
  input_version integer not null default 1,
  scored_version integer not null default 0,
  -- When the scores are next to be computed; null when nothing is due.
  score_due_at integer,
  score_lease_until integer not null default 0,
  fit integer check (fit between 0 and 100),
  fit_state text not null default 'pending' check (fit_state in ('pending', 'ready', 'insufficient', 'failed')),
  fit_confidence real,
  health integer check (health between 0 and 100),
  health_state text not null default 'pending' check (health_state in ('pending', 'ready', 'insufficient', 'failed')),
  health_confidence real,
  created_at integer not null,
  updated_at integer not null,
  primary key (org_id, id),
  foreign key (org_id, manager_id) references members (org_id, id),
  foreign key (org_id, track_id) references tracks (org_id, id),
  foreign key (org_id, program_tier_id) references program_tiers (org_id, id)
) strict;
create unique index partners_domain on partners (org_id, domain);
-- The directory's default order, paged by keyset.
create index partners_name on partners (org_id, name_key, id);
create index partners_score_due on partners (score_due_at) where score_due_at is not null;
-- Lets a member go: which partners did they manage?
create index partners_manager on partners (org_id, manager_id) where manager_id is not null;

create table contacts (
  id text not null,
  org_id text not null,
  partner_id text not null,
  user_id text references users (id) on delete set null,
  first_name text not null,
  last_name text not null,
  email text not null,
  title text,
  phone text,
  is_primary integer not null check (is_primary in (0, 1)),
  last_seen_at integer,
  version integer not null default 1,
  created_at integer not null,
  updated_at integer not null,
  primary key (org_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;
create unique index contacts_email on contacts (org_id, partner_id, email);
create unique index contacts_primary on contacts (org_id, partner_id) where is_primary = 1;
create index contacts_user on contacts (user_id);

create table scores (
  org_id text not null,
  partner_id text not null,
  kind text not null check (kind in ('fit', 'health')),
  state text not null,
  value integer,
  confidence real not null,
  computed_at integer not null,
  rule_version text not null,
  ledger text not null check (json_valid(ledger)),
  primary key (org_id, partner_id, kind),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;

create table score_history (
  org_id text not null,
  partner_id text not null,
  kind text not null check (kind in ('fit', 'health')),
  at integer not null,
  value integer not null,
  primary key (org_id, partner_id, kind, at),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;

create table scoring_settings (
  org_id text primary key not null references organizations (id) on delete cascade,
  version integer not null,
  ideal_partner text not null check (json_valid(ideal_partner)),
  fit_weights text not null check (json_valid(fit_weights)),
  health_weights text not null check (json_valid(health_weights))
) strict, without rowid;

-- How many partners an organisation has, so that the first page of a list need not count them.
create table partner_counts (
  org_id text primary key not null references organizations (id) on delete cascade,
  partners integer not null
) strict, without rowid;
create trigger partner_counts_add after insert on partners
begin
  insert into partner_counts (org_id, partners) values (new.org_id, 1)
    on conflict (org_id) do update set partners = partners + 1;
end;
create trigger partner_counts_take after delete on partners
begin
  update partner_counts set partners = partners - 1 where org_id = old.org_id;
end;
