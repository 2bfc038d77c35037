-- Passwords and mailed links are proved without it.
drop table verifications;
