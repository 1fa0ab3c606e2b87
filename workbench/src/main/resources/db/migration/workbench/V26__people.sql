-- Who may see and do what: five roles, some at the provider, who sees all organizations, some at one organization. Until
-- now everybody saw everything, and an admin did everything: whoever is here already belongs to the provider.

alter table account
    drop constraint account_role_check,
    add column organization_id    uuid references organization, -- null for the provider
    add column locked_at          timestamptz,                  -- since when nobody signs in with it
    add column session_generation integer not null default 1;   -- sessions of an earlier one have ended
alter table api_token
    drop constraint api_token_role_check,
    add column organization_id uuid references organization,    -- null for the provider
    add column expires_at      timestamptz;                     -- null for never

update account
set role = case role when 'organization_admin' then 'soc_admin' else 'soc_analyst' end;
update api_token
set role = case role when 'organization_admin' then 'soc_admin' else 'soc_analyst' end;

alter table account
    add constraint account_role_check
        check (role in ('organization_admin', 'organization_analyst', 'soc_analyst', 'soc_admin', 'auditor')),
    add constraint account_belongs_check
        check (case when role in ('soc_analyst', 'soc_admin') then organization_id is null
                    when role in ('organization_admin', 'organization_analyst') then organization_id is not null
                    else true end);
alter table api_token
    add constraint api_token_role_check
        check (role in ('organization_admin', 'organization_analyst', 'soc_analyst', 'soc_admin', 'auditor')),
    add constraint api_token_belongs_check
        check (case when role in ('soc_analyst', 'soc_admin') then organization_id is null
                    when role in ('organization_admin', 'organization_analyst') then organization_id is not null
                    else true end);

create index account_organization on account (organization_id);
create index api_token_organization on api_token (organization_id);
