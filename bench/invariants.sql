-- What must hold of any database, whatever happened to the programs around it. Each row of the answer is a breach.
select 'a partner without exactly one primary contact' as breach, p.id as id from partners p
  where 1 <> (select count(*) from contacts c where c.org_id = p.org_id and c.partner_id = p.id and c.is_primary = 1)
union all
select 'a key whose partner is not there', k.key from idempotency_keys k
  where not exists (select 1 from partners p where p.org_id = k.org_id and p.id = k.answer ->> 'id')
union all
select 'a score that is still due', p.id from partners p
  where p.scored_version < p.input_version or p.score_due_at <= unixepoch() * 1000
union all
select 'a mailed link without its delivery', l.id from mail_links l
  where not exists (select 1 from deliveries d where d.id = l.delivery_id)
union all
select 'a delivery that is not done', d.id from deliveries d where d.state <> 'done';
select 'a counter that is wrong' as breach, c.org_id as id from partner_counts c where c.facet = 'type'
  and c.partners <> (select count(*) from partners p where p.org_id = c.org_id and p.type = c.key)
union all
select 'a partner that search cannot find', p.id from partners p
  where p.rowid not in (select rowid from partner_search) or -p.rowid not in (select rowid from partner_search)
union all
select 'a contact of another organisation', c.id from contacts c
  where not exists (select 1 from partners p where p.org_id = c.org_id and p.id = c.partner_id)
union all
select 'an organisation without an owner', o.id from organizations o
  where not exists (select 1 from members m where m.org_id = o.id and m.role = 'owner' and m.user_id is not null);
select 'a partner whose scores and row do not agree' as breach, s.partner_id as id from scores s
  join partners p on p.org_id = s.org_id and p.id = s.partner_id
  where s.value is not iif(s.kind = 'fit', p.fit, p.health)
union all
select 'facts of a domain that no partner has', g.domain from signals g
  where not exists (select 1 from partners p where p.org_id = g.org_id and p.domain = g.domain)
union all
select 'a programme tier beside another level', p.id from partners p
  join program_tiers t on t.org_id = p.org_id and t.id = p.program_tier_id
  where t.level is not p.tier;
select 'a submission of another organisation''s form' as breach, s.id as id from submissions s
  where not exists (select 1 from forms f where f.org_id = s.org_id and f.id = s.form_id)
union all
select 'a submission without a delivery for each target', s.id from submissions s
  join forms f on f.org_id = s.org_id and f.id = s.form_id
  where s.suspected = 0 and f.rhythm = 'each' and json_array_length(f.emails) + (f.slack_webhook is not null)
    <> (select count(*) from deliveries d where d.org_id = s.org_id and d.submission_id = s.id)
union all
select 'a delivery that was not written with its submission', d.id from deliveries d
  join submissions s on s.org_id = d.org_id and s.id = d.submission_id where d.created_at <> s.submitted_at
union all
select 'a digest of few', d.id from deliveries d where d.digest_of <= 10
union all
select 'a submission without its entry in the audit log', s.id from submissions s
  where not exists (select 1 from audit_log a where a.org_id = s.org_id and a.target_id = s.id
    and a.action = 'submission.create');
select 'a key that two submissions have' as breach, min(s.id) as id from submissions s
  group by s.org_id, s.form_id, s.idempotency_key having count(*) > 1
union all
select 'a count of submissions that is wrong', c.form_id from submission_counts c
  where c.count <> (select count(*) from submissions s where s.org_id = c.org_id and s.form_id = c.form_id
    and s.suspected = c.suspected and s.state = c.state)
union all
select 'a version that is not there', s.id from submissions s
  where not exists (select 1 from snapshots n where n.org_id = s.org_id and n.kind = 'form'
    and n.subject_id = s.form_id and n.n = s.form_version)
union all
select 'a partner that an approval made', s.id from submissions s where s.partner_id is not null
  and not exists (select 1 from partners p where p.org_id = s.org_id and p.id = s.partner_id and p.submission_id = s.id);
