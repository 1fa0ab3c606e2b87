-- Where an organization's notifications can go: webhooks, chats, pagers. Those without an organization are the provider's own.
create table integration (
    id               uuid primary key,
    organization_id  uuid references organization on delete cascade,
    -- webhook, slack, teams, pagerduty, ops_genie
    integration_type text not null,
    name             text not null,
    -- Empty where the address itself is the secret.
    url              text not null,
    -- Of a webhook: BASIC, HMAC or BEARER; null otherwise.
    auth_type        text,
    username         text not null,
    -- The password, the key, the token or the address, sealed.
    secret           bytea not null,
    status           text not null,
    tested_at        timestamptz,
    test_result      text not null,
    revision         integer not null,
    created_at       timestamptz not null,
    created_by       text not null,
    created_by_id    uuid,
    updated_at       timestamptz not null,
    updated_by       text not null,
    updated_by_id    uuid
);
create index integration_created on integration (created_at, id);
create index integration_organization on integration (organization_id);

-- Of what happens, what is to be told to whom. Those without an organization are the provider's and hear of all organizations;
-- those with an account are somebody's own.
create table notification_rule (
    id                 uuid primary key,
    organization_id    uuid references organization on delete cascade,
    account_id         uuid references account on delete cascade,
    name               text not null,
    events             text[] not null,
    -- ALL_OF or ANY_OF
    condition_operator text not null,
    -- [{"field": "severity", "operator": "is", "values": ["HIGH"]}]
    conditionals       jsonb not null,
    -- integration:<id>, account:<id> or email:<address>
    destinations       text[] not null,
    is_enabled         boolean not null,
    revision           integer not null,
    created_at         timestamptz not null,
    created_by         text not null,
    created_by_id      uuid,
    updated_at         timestamptz not null,
    updated_by         text not null,
    updated_by_id      uuid
);
create index notification_rule_created on notification_rule (created_at, id);
create index notification_rule_organization on notification_rule (organization_id);

-- What happened and is told to somebody, written in the transaction in which it happened.
create table notification_event (
    id              uuid primary key,
    organization_id uuid not null references organization on delete cascade,
    event_name      text not null,
    at              timestamptz not null,
    subject_id      uuid not null,
    summary         text not null,
    -- The text as it is sent.
    data            json not null
);
create index notification_event_at on notification_event (at, id);
create index notification_event_organization on notification_event (organization_id);

create table notification_delivery (
    -- What receivers know it by, the same however often it is tried.
    id                    uuid primary key,
    event_id              uuid not null references notification_event on delete cascade,
    organization_id       uuid not null references organization on delete cascade,
    -- Whose rule it follows; null for the provider's.
    rule_organization_id  uuid references organization on delete cascade,
    rule_id               uuid references notification_rule on delete set null,
    rule_name             text not null,
    destination           text not null,
    -- WAITING DELIVERED FAILED
    status                text not null,
    attempts              integer not null,
    -- When it is tried next; while somebody tries it, when somebody else may.
    due_at                timestamptz not null,
    claim                 uuid,
    created_at            timestamptz not null,
    ended_at              timestamptz,
    -- [{"at": …, "status": 500, "cause": "…", "millis": 12}], the newest last.
    log                   jsonb not null
);
create index notification_delivery_due on notification_delivery (destination, due_at) where status = 'WAITING';
create index notification_delivery_claimed on notification_delivery (destination) where status = 'WAITING' and claim is not null;
create index notification_delivery_destination on notification_delivery (destination, created_at desc);
create index notification_delivery_event on notification_delivery (event_id);
create index notification_delivery_rule on notification_delivery (rule_id);
create index notification_delivery_failed on notification_delivery (created_at) where status = 'FAILED';

-- What was last told of a device's health, and what it has been since.
create table device_health_told (
    device_id  uuid primary key references security_device on delete cascade,
    tenant_id  uuid not null,
    -- HEALTHY or UNHEALTHY; null while neither was told.
    told       text,
    -- Whether it was ever told to be healthy.
    was_healthy boolean not null,
    told_at    timestamptz,
    seen       text not null,
    seen_since timestamptz not null
);

do $$
declare
    one record;
begin
    for one in
        select * from (values
            ('integration',           'organization_id = (select scope_organization())',      null),
            ('notification_rule',     'organization_id = (select scope_organization())',      null),
            ('notification_event',    'organization_id = (select scope_organization())',      null),
            -- What people do may be told by rules of the provider, which they do not see.
            ('notification_delivery', 'rule_organization_id = (select scope_organization())',
                                      'organization_id = (select scope_organization())'),
            ('device_health_told',    'tenant_id = any ((select scope_tenants())::uuid[])',   null)
        ) as policies (name, condition, written)
    loop
        execute format('alter table %I enable row level security', one.name);
        execute format('create policy within_scope on %I to gatehouse_people using (%s) with check (%s)',
                       one.name, one.condition, coalesce(one.written, one.condition));
        execute format('create policy everything on %I to gatehouse_soc using (true)', one.name);
    end loop;
end
$$;

-- Which rules listen to events of organizations, or of whoever has these directories: for people of one organization, too, those
-- of the provider, which row-level security would keep from them.
create function listening_rules(organizations uuid[], tenants uuid[], names text[]) returns setof notification_rule
language sql stable security definer rows 5 as $$
    with whose as (
        select o.id from unnest(organizations) as o (id)
        union
        select t.organization_id from tenant t where t.tenant_id = any (tenants)
    )
    select r.* from notification_rule r
    where r.is_enabled and r.events && names and r.organization_id in (
        select id from whose where current_setting('role') <> 'gatehouse_people' or id = (select scope_organization()))
    union all
    select r.* from notification_rule r where r.is_enabled and r.events && names and r.organization_id is null
$$;

do $$
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function listening_rules(uuid[], uuid[], text[]) set search_path = %I', current_schema());
end
$$;
