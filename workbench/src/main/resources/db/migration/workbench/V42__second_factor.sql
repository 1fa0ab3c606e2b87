-- What people sign in with besides their password: codes of an authenticator app (RFC 6238), and recovery codes for when that is lost.
create table second_factor (
    account_id  uuid primary key references account on delete cascade,
    -- Sealed with the key that client secrets are sealed with.
    secret      bytea not null,
    set_up_at   timestamptz not null,
    -- Of which 30 seconds a code was used last, counted from 1970: none is taken twice.
    last_step   bigint not null,
    -- Since the last right one.
    wrong_codes integer not null,
    wait_until  timestamptz
);
create table recovery_code (
    account_id uuid not null references second_factor on delete cascade,
    hash       bytea not null,
    used_at    timestamptz,
    primary key (account_id, hash)
);

alter table second_factor enable row level security;
alter table recovery_code enable row level security;
-- Of the accounts that one may see.
create policy within_scope on second_factor to gatehouse_people using (account_id in (select id from account));
create policy within_scope on recovery_code to gatehouse_people using (account_id in (select id from account));
create policy everything on second_factor to gatehouse_soc using (true);
create policy everything on recovery_code to gatehouse_soc using (true);
