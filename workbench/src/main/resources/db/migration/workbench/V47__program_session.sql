-- Programs that people have signed in to. A session ends by itself, with those of the browser, and when the account is locked.
create table program_session (
    token_hash bytea primary key, -- SHA-256; tokens are random, so no salt is needed
    account_id uuid        not null references account on delete cascade,
    generation integer     not null,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index program_session_account on program_session (account_id, expires_at);

alter table program_session enable row level security;
create policy within_scope on program_session to gatehouse_people
    using (account_id in (select a.id from account a where a.organization_id = (select scope_organization())));
create policy everything on program_session to gatehouse_soc using (true);
