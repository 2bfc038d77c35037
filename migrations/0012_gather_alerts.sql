-- Many alerts of one form to one target are told of in one message.
-- What a delivery tells of, where those of one topic to one recipient may be gathered.
alter table deliveries add column topic text;
-- How many its message told of, where that was a digest.
alter table deliveries add column digest_of integer;
