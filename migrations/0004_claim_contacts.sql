-- When somebody first came to the portal as this contact. What they are to other organisations stays their own matter, so
-- it is never read from the user.
alter table contacts add column claimed_at integer;
