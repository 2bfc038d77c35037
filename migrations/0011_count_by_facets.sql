-- How many partners match several filters at once is counted by the full-text index, which merges the lists of what is
-- asked for without reading a partner (partners/words.ts).

-- What a partner is filtered by, as words of the index. Each has the whole id of the organisation before it, so that a
-- word is one organisation's alone; letters and digits only, so that the index's tokeniser takes it for one word.
create view partner_words as
select p.rowid as partner, p.org_id,
  (select group_concat('f' || replace(p.org_id, '_', '') || w.word, ' ') from (
    select replace(replace(value, '-', ''), '_', '') as word from json_each(json_array(
      'type' || p.type, 'status' || p.status, 'stage' || p.stage, 'tier' || coalesce(p.tier, 'none'),
      'region' || p.region, 'manager' || coalesce(p.manager_id, 'none'), 'track' || coalesce(p.track_id, 'none'),
      'fit' || p.fit_band, 'health' || p.health_band, iif(p.needs_attention, 'attentionyes', null),
      'created' || strftime('%Y%m%d', p.created_at / 1000, 'unixepoch')))
    union all select 'tag' || hex(value) from json_each(p.tags)) w) as words
from partners p;

-- They stand in the index of the search, whose rows have the numbers of the partners, under the negative numbers.
insert into partner_search (rowid, terms) select -w.partner, w.words from partner_words w;
create trigger partner_words_add after insert on partners
begin
  insert into partner_search (rowid, terms)
    select -w.partner, w.words from partner_words w where w.org_id = new.org_id and w.partner = new.rowid;
end;
create trigger partner_words_change
  after update of type, stage, tier, region, manager_id, track_id, fit, health, health_before, tags, created_at on partners
  when (old.type, old.stage, old.tier, old.region, old.manager_id, old.track_id, old.fit_band, old.health_band,
      old.needs_attention, old.tags, old.created_at)
    is not (new.type, new.stage, new.tier, new.region, new.manager_id, new.track_id, new.fit_band, new.health_band,
      new.needs_attention, new.tags, new.created_at)
begin
  update partner_search set terms = (
      select w.words from partner_words w where w.org_id = new.org_id and w.partner = new.rowid)
    where rowid = -new.rowid;
end;
drop trigger partner_search_take;
create trigger partner_search_take after delete on partners
begin
  delete from partner_search where rowid in (old.rowid, -old.rowid);
end;

-- Everybody is counted by type, so that a counter of their own is a row written too many for each new partner.
drop trigger partner_counts_add;
drop trigger partner_counts_take;
delete from partner_counts where facet = 'all';
create trigger partner_counts_add after insert on partners
begin
  insert into partner_counts (org_id, facet, key, partners)
    select new.org_id, value ->> 0, value ->> 1, 1 from json_each(json_array(json_array('type', new.type), json_array('status', new.status), json_array('stage', new.stage),
      json_array('tier', coalesce(new.tier, 'none')), json_array('region', new.region),
      json_array('manager', coalesce(new.manager_id, 'none'))))
    where true
    on conflict (org_id, facet, key) do update set partners = partners + 1;
end;
create trigger partner_counts_take after delete on partners
begin
  update partner_counts set partners = partners - 1
    where org_id = old.org_id and (facet, key) in (
      select value ->> 0, value ->> 1 from json_each(json_array(json_array('type', old.type), json_array('status', old.status), json_array('stage', old.stage),
      json_array('tier', coalesce(old.tier, 'none')), json_array('region', old.region),
      json_array('manager', coalesce(old.manager_id, 'none')))));
end;
