-- Passwords and mailed links are proved without it.
drop table verifications;

-- What was mailed to somebody about themselves is found when they go.
create index deliveries_recipient on deliveries (recipient) where org_id is null;
create index members_address on members (email);
