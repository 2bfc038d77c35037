-- Scores that explain themselves, and tiers that follow rules.

-- What the company does, in a few sentences.
alter table partners add column description text;
-- The scores of about 30 days ago, of which the trend is made; null while there were none.
alter table partners add column fit_before integer;
alter table partners add column health_before integer;
-- When both sides last dealt with each other, as somebody logged it: a meeting, a call or an e-mail.
alter table partners add column two_sided_at integer;
update partners set two_sided_at = (
  select unixepoch(max(a.happened_on)) * 1000 from activity a
  where a.org_id = partners.org_id and a.partner_id = partners.id and a.kind in ('meeting', 'call', 'email'));
-- Until when a tier is kept whose rules have failed; null while they hold.
alter table partners add column tier_falls_at integer;
-- Health under 50, or down by 10 in 30 days.
alter table partners add column needs_attention integer not null generated always as (
  coalesce(health < 50, 0) or coalesce(health_before - health >= 10, 0)
) virtual;
create index partners_attention on partners (org_id, name_key, id) where needs_attention = 1;

-- What each factor gave, so that a change of the score can name what moved it most.
alter table score_history add column points text not null default '{}' check (json_valid(points));

-- Who is being scored anew since the settings changed: everybody, as many as there were then.
alter table scoring_settings add column recompute_at integer;
alter table scoring_settings add column recompute_total integer not null default 0;

-- The rule by rule result of the last evaluation, and the gap to the next tier.
create table tier_standings (
  org_id text not null,
  partner_id text not null,
  standing text not null check (json_valid(standing)),
  primary key (org_id, partner_id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;

-- Every change of a tier, whoever made it and by whatever way, numbered in their order. What a partner began with is in
-- its own row, and is noted when it first changes.
create table tier_changes (
  org_id text not null,
  partner_id text not null,
  n integer not null,
  at integer not null,
  from_tier text,
  from_name text,
  to_tier text,
  to_name text,
  source text not null check (source in ('auto', 'manual')),
  actor_id text,
  actor_name text,
  reason text,
  primary key (org_id, partner_id, n),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;
-- A tier that the programme lost is left by the evaluator, which comes next and says where to: that is the change.
create trigger tier_changes_next after update of tier, program_tier_id, tier_source on partners
  when (old.tier, old.program_tier_id, old.tier_source) is not (new.tier, new.program_tier_id, new.tier_source)
    and not (old.tier is new.tier and old.tier_source = 'auto' and new.tier_source = 'auto'
      and new.program_tier_id is null)
begin
  insert into tier_changes (org_id, partner_id, n, at, to_tier, to_name, source, actor_id, actor_name, reason)
    select old.org_id, old.id, 1, coalesce(old.tier_at, old.created_at), old.tier,
      (select t.name from program_tiers t where t.org_id = old.org_id and t.id = old.program_tier_id),
      old.tier_source, old.tier_by, (select u.name from users u where u.id = old.tier_by), old.tier_reason
    where old.tier is not null and not exists (
      select 1 from tier_changes c where c.org_id = old.org_id and c.partner_id = old.id);
  insert into tier_changes
      (org_id, partner_id, n, at, from_tier, from_name, to_tier, to_name, source, actor_id, actor_name, reason)
    values (new.org_id, new.id,
      (select coalesce(max(c.n), 0) + 1 from tier_changes c where c.org_id = new.org_id and c.partner_id = new.id),
      max(new.updated_at, coalesce(new.tier_at, 0), coalesce(new.scored_at, 0)), old.tier,
      coalesce((select t.name from program_tiers t where t.org_id = old.org_id and t.id = old.program_tier_id),
        iif(old.tier_source = 'auto', (select c.to_name from tier_changes c
          where c.org_id = old.org_id and c.partner_id = old.id order by c.n desc limit 1), null)),
      new.tier,
      (select t.name from program_tiers t where t.org_id = new.org_id and t.id = new.program_tier_id),
      new.tier_source, new.tier_by, (select u.name from users u where u.id = new.tier_by), new.tier_reason);
end;

-- The programme of an organisation: its version rises with each save.
create table programs (
  org_id text primary key not null references organizations (id) on delete cascade,
  version integer not null
) strict, without rowid;
insert into programs (org_id, version) select id, 1 from organizations;

-- What was saved of a thing that has versions, as it was then.
create table snapshots (
  org_id text not null references organizations (id) on delete cascade,
  kind text not null check (kind in ('program')),
  -- Of which thing; '' where the organisation has but one.
  subject_id text not null,
  n integer not null,
  content text not null check (json_valid(content)),
  actor_id text not null,
  actor_name text not null,
  at integer not null,
  primary key (org_id, kind, subject_id, n)
) strict;
-- What stands is version 1, by whoever has been owner for longest.
insert into snapshots (org_id, kind, subject_id, n, content, actor_id, actor_name, at)
  select p.org_id, 'program', '', 1, (select json_group_array(json_object('id', k.id, 'name', k.name,
        'types', json(k.types), 'graceDays', k.grace_days,
        'tiers', json((select json_group_array(json_object('id', g.id, 'level', g.level, 'name', g.name,
            'color', g.color, 'benefits', g.benefits, 'rules', json(g.rules))
            order by case g.level when 'platinum' then 1 when 'gold' then 2 else 3 end)
          from program_tiers g where g.org_id = k.org_id and g.track_id = k.id))) order by k.position)
      from tracks k where k.org_id = p.org_id),
    u.id, u.name, m.created_at
  from programs p
  join members m on m.org_id = p.org_id and m.id = (select o.id from members o
    where o.org_id = p.org_id and o.role = 'owner' and o.user_id is not null order by o.created_at, o.id limit 1)
  join users u on u.id = m.user_id;

-- When the public facts of a domain are to be gathered next.
create table domain_checks (
  org_id text not null references organizations (id) on delete cascade,
  domain text not null,
  due_at integer not null,
  lease_until integer not null default 0,
  primary key (org_id, domain)
) strict, without rowid;
create index domain_checks_due on domain_checks (due_at);

-- What a domain shows the public, by where it was looked up. No row: not checked yet.
create table signals (
  org_id text not null references organizations (id) on delete cascade,
  domain text not null,
  source text not null check (source in ('dns', 'rdap', 'website')),
  facts text not null check (json_valid(facts)),
  checked_at integer not null,
  primary key (org_id, domain, source)
) strict, without rowid;

-- Facts go with the partner, and with the domain that they are about.
create trigger partner_signals_take after delete on partners
begin
  delete from domain_checks where org_id = old.org_id and domain = old.domain;
  delete from signals where org_id = old.org_id and domain = old.domain;
end;
create trigger partner_signals_change after update of domain on partners when old.domain <> new.domain
begin
  delete from domain_checks where org_id = old.org_id and domain = old.domain;
  delete from signals where org_id = old.org_id and domain = old.domain;
end;

-- However facts go or change, the icon that they name goes after them.
create trigger signals_icon_take after delete on signals when old.facts -> 'logo' ->> 'value' is not null
begin
  insert or ignore into stray_files (key, due_at) values (old.facts -> 'logo' ->> 'value', 0);
end;
create trigger signals_icon_change after update of facts on signals
  when old.facts -> 'logo' ->> 'value' is not null
    and old.facts -> 'logo' ->> 'value' is not new.facts -> 'logo' ->> 'value'
begin
  insert or ignore into stray_files (key, due_at) values (old.facts -> 'logo' ->> 'value', 0);
end;

-- Suggestions that somebody waved off, each with the SHA-256 of its value: another value is suggested again.
create table ignored_suggestions (
  org_id text not null,
  partner_id text not null,
  field text not null,
  value_hash text not null,
  primary key (org_id, partner_id, field, value_hash),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;

-- When the scores were last computed, whether or not they came to say something else.
alter table partners add column computed_at integer;
update partners set computed_at = (
  select max(s.computed_at) from scores s where s.org_id = partners.org_id and s.partner_id = partners.id);

-- With rowids: a ledger is a few kB, and rows of that size do not belong into the tree of a key.
create table scores_with_rowid (
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
) strict;
insert into scores_with_rowid
  select org_id, partner_id, kind, state, value, confidence, computed_at, rule_version, ledger from scores;
drop table scores;
alter table scores_with_rowid rename to scores;
-- By what the scores are known to be the same as before, without reading them: SHA-256 of both.
alter table partners add column scores_hash text;
