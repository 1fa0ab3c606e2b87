-- Suppressions: conditions under which a new alert is closed at once, written by people, with a dry run before they are in force.
-- organization_id is null for those that are for everybody.

create table suppression (
    id              uuid primary key,
    organization_id uuid references organization on delete cascade,
    name            text not null,
    owner_id        uuid,
    owner_name      text not null,
    reason          text not null,
    -- Only alerts of that rule; null for those of any.
    rule_id         text,
    condition       text not null,
    -- Whether alerts that are High or Critical are closed, too.
    includes_severe boolean not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    review_at       timestamptz not null,
    -- What is said about the alerts that are closed.
    comment         text not null,
    -- DRAFT, LIVE or WITHDRAWN; what is live ends by itself at ends_at.
    state           text not null,
    revision        integer not null,
    created_at      timestamptz not null,
    created_by      text not null,
    updated_at      timestamptz not null
);
create index suppression_organization on suppression (organization_id);

-- Its greatest id tells processes whether anything has changed.
create table suppression_history (
    id              bigint generated always as identity primary key,
    suppression_id  uuid not null references suppression on delete cascade,
    organization_id uuid references organization on delete cascade,
    at              timestamptz not null,
    action          text not null,
    actor_kind      text not null,
    actor_id        uuid,
    actor_name      text not null,
    revision        integer not null,
    value           jsonb not null
);
create index suppression_history_suppression on suppression_history (suppression_id, id desc);
create index suppression_history_organization on suppression_history (organization_id);

-- The last dry run of each, which may be under way: it goes on from the alert that it reached.
create table suppression_dry_run (
    suppression_id  uuid primary key references suppression on delete cascade,
    organization_id uuid references organization on delete cascade,
    -- Tells what was tried apart from what the suppression says by now.
    fingerprint     bytea not null,
    looks_from      timestamptz not null,
    looks_to        timestamptz not null,
    started_at      timestamptz not null,
    started_by      text not null,
    finished_at     timestamptz,
    reached_at      timestamptz not null,
    reached_id      uuid not null,
    looked_at       bigint not null,
    -- Alerts that the condition failed at, and why at the last one.
    failed          bigint not null,
    failure         text not null
);
create index suppression_dry_run_organization on suppression_dry_run (organization_id);

-- What it would have closed.
create table suppression_dry_run_alert (
    suppression_id uuid not null references suppression on delete cascade,
    alert_id       uuid not null references alert on delete cascade,
    tenant_id      uuid not null references tenant,
    -- How that one ended, the worst 5: see DryRunAlert.Ending.
    ending         smallint not null,
    created_at     timestamptz not null,
    primary key (suppression_id, alert_id)
);
create index suppression_dry_run_alert_order
    on suppression_dry_run_alert (suppression_id, ending desc, created_at desc, alert_id desc);
create index suppression_dry_run_alert_alert on suppression_dry_run_alert (alert_id);

-- How many alerts each has closed of a directory, kept in the transaction that makes them.
create table suppression_count (
    suppression_id uuid not null references suppression on delete cascade,
    tenant_id      uuid not null references tenant,
    alerts         bigint not null,
    last_at        timestamptz not null,
    primary key (suppression_id, tenant_id)
);

alter table alert add column suppression_id uuid;
create index alert_suppression on alert (suppression_id, created_at desc) where suppression_id is not null;

do $$
declare
    one text;
begin
    foreach one in array array['suppression', 'suppression_history'] loop
        execute format('alter table %I enable row level security', one);
        execute format('create policy within_scope on %I to gatehouse_people using (organization_id = (select scope_organization()))',
                       one);
        -- What concerns everybody, everybody may read, and nobody who belongs to one organization may change.
        execute format('create policy of_everybody on %I for select to gatehouse_people using (organization_id is null'
                       ' and (select scope_organization()) is not null)', one);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one);
    end loop;
    -- A dry run for everybody counts alerts of everybody.
    execute 'alter table suppression_dry_run enable row level security';
    execute 'create policy within_scope on suppression_dry_run to gatehouse_people'
            ' using (organization_id = (select scope_organization()))';
    execute 'create policy everything on suppression_dry_run to gatehouse_soc using (true)';
    foreach one in array array['suppression_dry_run_alert', 'suppression_count'] loop
        execute format('alter table %I enable row level security', one);
        execute format('create policy within_scope on %I to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]))',
                       one);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one);
    end loop;
end
$$;
