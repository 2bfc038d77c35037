-- What makes the directory quick to search, filter, group and sort at a hundred thousand partners.

alter table partners add column activated_at integer;

-- 1 platinum, 2 gold, 3 silver, 4 none: tiers in the order in which they are sorted.
alter table partners add column tier_rank integer not null generated always as (
  case tier when 'platinum' then 1 when 'gold' then 2 when 'silver' then 3 else 4 end
) virtual;
-- Bands of the scores, 80 and 50.
alter table partners add column fit_band text not null generated always as (
  case when fit is null then 'none' when fit >= 80 then 'high' when fit >= 50 then 'medium' else 'low' end
) virtual;
alter table partners add column health_band text not null generated always as (
  case when health is null then 'none' when health >= 80 then 'high' when health >= 50 then 'medium' else 'low' end
) virtual;
-- Scores with a value of their own for "none", so that an index finds those, too.
alter table partners add column fit_rank integer not null generated always as (coalesce(fit, -1)) virtual;
alter table partners add column health_rank integer not null generated always as (coalesce(health, -1)) virtual;
-- '' for nobody and no track.
alter table partners add column manager_key text not null generated always as (coalesce(manager_id, '')) virtual;
alter table partners add column track_key text not null generated always as (coalesce(track_id, '')) virtual;

-- One filter with one value, by name.
create index partners_type on partners (org_id, type, name_key, id);
create index partners_status on partners (org_id, status, name_key, id);
create index partners_stage on partners (org_id, stage, name_key, id);
create index partners_tier on partners (org_id, tier_rank, name_key, id);
create index partners_region on partners (org_id, region, name_key, id);
drop index partners_manager;
create index partners_manager on partners (org_id, manager_key, name_key, id);
create index partners_track on partners (org_id, track_key, name_key, id);
create index partners_fit_band on partners (org_id, fit_band, name_key, id);
create index partners_health_band on partners (org_id, health_band, name_key, id);
-- The other sorts, ties by id.
create index partners_by_tier on partners (org_id, tier_rank, id);
create index partners_by_fit on partners (org_id, fit_rank, id);
create index partners_by_health on partners (org_id, health_rank, id);
create index partners_by_created on partners (org_id, created_at, id);
create index partners_by_updated on partners (org_id, updated_at, id);

-- A partner's tags, one row each, kept from partners.tags by triggers.
create table partner_tags (
  org_id text not null references organizations (id) on delete cascade,
  tag text not null,
  name_key text not null,
  partner_id text not null,
  primary key (org_id, tag, name_key, partner_id)
) strict, without rowid;
insert or ignore into partner_tags (org_id, tag, name_key, partner_id)
  select p.org_id, t.value, p.name_key, p.id from partners p, json_each(p.tags) t;
create trigger partner_tags_add after insert on partners when new.tags <> '[]'
begin
  insert or ignore into partner_tags (org_id, tag, name_key, partner_id)
    select new.org_id, value, new.name_key, new.id from json_each(new.tags);
end;
create trigger partner_tags_change after update of tags, name_key on partners
  when new.tags <> old.tags or new.name_key <> old.name_key
begin
  delete from partner_tags where org_id = old.org_id and name_key = old.name_key and partner_id = old.id
    and tag in (select value from json_each(old.tags));
  insert or ignore into partner_tags (org_id, tag, name_key, partner_id)
    select new.org_id, value, new.name_key, new.id from json_each(new.tags);
end;
create trigger partner_tags_take after delete on partners when old.tags <> '[]'
begin
  delete from partner_tags where org_id = old.org_id and name_key = old.name_key and partner_id = old.id
    and tag in (select value from json_each(old.tags));
end;

-- What a search looks through: the trigrams and word beginnings of name and domain, each with a mark of the organisation
-- before it, so that only the organisation's own entries are read (partners/search.ts).
create virtual table partner_search using fts5 (terms, content = '', contentless_delete = 1, tokenize = 'ascii');
create trigger partner_search_take after delete on partners
begin
  delete from partner_search where rowid = old.rowid;
end;

-- How many partners have each value of what the directory is grouped by; facet 'all' counts everybody.
drop trigger partner_counts_add;
drop trigger partner_counts_take;
drop table partner_counts;
create table partner_counts (
  org_id text not null references organizations (id) on delete cascade,
  facet text not null,
  key text not null,
  partners integer not null,
  primary key (org_id, facet, key)
) strict, without rowid;
insert into partner_counts (org_id, facet, key, partners)
  select p.org_id, value ->> 0, value ->> 1, count(*) from partners p, json_each(json_array(json_array('all', ''), json_array('type', p.type), json_array('status', p.status), json_array('stage', p.stage),
      json_array('tier', coalesce(p.tier, 'none')), json_array('region', p.region),
      json_array('manager', coalesce(p.manager_id, 'none'))))
  group by 1, 2, 3;
create trigger partner_counts_add after insert on partners
begin
  insert into partner_counts (org_id, facet, key, partners)
    select new.org_id, value ->> 0, value ->> 1, 1 from json_each(json_array(json_array('all', ''), json_array('type', new.type), json_array('status', new.status), json_array('stage', new.stage),
      json_array('tier', coalesce(new.tier, 'none')), json_array('region', new.region),
      json_array('manager', coalesce(new.manager_id, 'none'))))
    where true
    on conflict (org_id, facet, key) do update set partners = partners + 1;
end;
create trigger partner_counts_take after delete on partners
begin
  update partner_counts set partners = partners - 1
    where org_id = old.org_id and (facet, key) in (
      select value ->> 0, value ->> 1 from json_each(json_array(json_array('all', ''), json_array('type', old.type), json_array('status', old.status), json_array('stage', old.stage),
      json_array('tier', coalesce(old.tier, 'none')), json_array('region', old.region),
      json_array('manager', coalesce(old.manager_id, 'none')))));
end;
create trigger partner_counts_move after update of type, stage, tier, region, manager_id on partners
  when (old.type, old.stage, old.tier, old.region, old.manager_id)
    is not (new.type, new.stage, new.tier, new.region, new.manager_id)
begin
  update partner_counts set partners = partners - 1
    where org_id = old.org_id and (facet, key) in (
      select value ->> 0, value ->> 1 from json_each(json_array(json_array('type', old.type), json_array('status', old.status), json_array('stage', old.stage),
      json_array('tier', coalesce(old.tier, 'none')), json_array('region', old.region),
      json_array('manager', coalesce(old.manager_id, 'none')))));
  insert into partner_counts (org_id, facet, key, partners)
    select new.org_id, value ->> 0, value ->> 1, 1 from json_each(json_array(json_array('type', new.type), json_array('status', new.status), json_array('stage', new.stage),
      json_array('tier', coalesce(new.tier, 'none')), json_array('region', new.region),
      json_array('manager', coalesce(new.manager_id, 'none'))))
    where true
    on conflict (org_id, facet, key) do update set partners = partners + 1;
end;

-- What happened with a partner: what people log, and what the system records of edits.
create table activity (
  id text not null,
  org_id text not null,
  partner_id text not null,
  kind text not null check (kind in ('meeting', 'call', 'email', 'note', 'edit', 'tier', 'created')),
  -- The day it happened, YYYY-MM-DD.
  happened_on text not null,
  text text not null,
  -- Of an edit: the fields that changed, and the version that it made.
  fields text not null default '[]' check (json_valid(fields)),
  version integer,
  -- The user; the name stands beside it for when the user is gone.
  actor_id text not null,
  actor_name text not null,
  created_at integer not null,
  primary key (org_id, partner_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;

create table views (
  id text not null,
  org_id text not null,
  -- The member who made it.
  owner_id text not null,
  name text not null,
  shared integer not null check (shared in (0, 1)),
  definition text not null check (json_valid(definition)),
  version integer not null default 1,
  created_at integer not null,
  updated_at integer not null,
  primary key (org_id, id),
  foreign key (org_id, owner_id) references members (org_id, id) on delete cascade
) strict, without rowid;
alter table members add column default_view_id text;

drop index idempotency_keys_created;

-- What goes with an organisation is found without reading everything.
create index deliveries_org on deliveries (org_id) where org_id is not null;
create index mail_links_org on mail_links (org_id) where org_id is not null;
