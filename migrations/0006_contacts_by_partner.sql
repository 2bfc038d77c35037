-- The contacts of a partner stand together: they are only ever read, and go, with their partner.
create table contacts_by_partner (
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
  -- When somebody first came to the portal as this contact.
  claimed_at integer,
  primary key (org_id, partner_id, id),
  foreign key (org_id, partner_id) references partners (org_id, id) on delete cascade
) strict, without rowid;
insert into contacts_by_partner select * from contacts;
drop table contacts;
alter table contacts_by_partner rename to contacts;
create unique index contacts_email on contacts (org_id, partner_id, email);
create unique index contacts_primary on contacts (org_id, partner_id) where is_primary = 1;
create index contacts_user on contacts (user_id);
