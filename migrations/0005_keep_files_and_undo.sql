-- Logos, edits of many partners that can be taken back, and when scores came.

-- Objects in the bucket that no row holds: an upload that is under way, and what a row has let go of. They are deleted
-- when due. Of no organisation: an organisation that goes leaves its objects to be deleted, too.
create table stray_files (
  key text primary key not null,
  due_at integer not null,
  -- Set before the object is deleted: from then on no upload may come to hold it.
  taken_at integer
) strict, without rowid;
create index stray_files_due on stray_files (due_at);

-- However a partner or its logo goes, its object goes after it.
create trigger partner_logo_take after delete on partners when old.logo_key is not null
begin
  insert or ignore into stray_files (key, due_at) values (old.logo_key, 0);
end;
create trigger partner_logo_change after update of logo_key on partners
  when old.logo_key is not null and old.logo_key is not new.logo_key
begin
  insert or ignore into stray_files (key, due_at) values (old.logo_key, 0);
end;

-- One edit of many partners, made by one or more calls; kept for as long as it can be taken back.
create table bulk_edits (
  id text not null,
  org_id text not null references organizations (id) on delete cascade,
  -- SHA-256 of what was set: a call that goes on with the edit sets the same.
  assignment_hash text not null,
  until integer not null,
  primary key (org_id, id)
) strict, without rowid;
create index bulk_edits_until on bulk_edits (until);

-- What it changed: of each partner the fields that are other than before, as they were and as they became.
create table bulk_changes (
  org_id text not null,
  bulk_id text not null,
  partner_id text not null,
  before text not null check (json_valid(before)),
  after text not null check (json_valid(after)),
  primary key (org_id, bulk_id, partner_id),
  foreign key (org_id, bulk_id) references bulk_edits (org_id, id) on delete cascade,
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict;
create index bulk_changes_partner on bulk_changes (org_id, partner_id);

-- When the scores last came to say something else. Partial, so that a new partner costs no entry.
alter table partners add column scored_at integer;
create index partners_by_scored on partners (org_id, scored_at, id) where scored_at is not null;
