-- What analysts work on. Detection rules turn vendor alerts, which Microsoft makes, into alerts: one alert for all vendor
-- alerts that belong together.

-- The indexes of vendor records give the names free that they had when alerts were Microsoft's.
do $$
declare
    old text;
begin
    for old in
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = current_schema() and c.relkind = 'i' and c.relname ~ '^(alert|incident)_'
    loop
        execute format('alter index %I rename to %I', old, 'vendor_' || old);
    end loop;
end
$$;

-- Vendor alerts whose present version no rule has looked at yet, written in the transaction that stores the version.
create table undecided_vendor_alert (
    tenant_id uuid not null references tenant,
    id        text not null,
    version   bytea not null,
    since     timestamptz not null,
    -- How often it was tried in vain, and why the last time.
    attempts  integer not null default 0,
    next_at   timestamptz,
    fault     text,
    primary key (tenant_id, id)
);
create index undecided_vendor_alert_order on undecided_vendor_alert (tenant_id, since, id);

insert into undecided_vendor_alert (tenant_id, id, version, since)
select tenant_id, id, version, first_seen_at from vendor_alert;

-- Since when there is something of a directory, which is when the tuning of its devices begins.
alter table feed add column first_data_at timestamptz;
update feed f set first_data_at = r.at
from (select tenant_id, 'alerts' as feed, min(first_seen_at) as at from vendor_alert group by tenant_id
      union all
      select tenant_id, 'incidents', min(first_seen_at) from vendor_incident group by tenant_id
      union all
      select tenant_id, feed, min(first_seen_at) from hunting_row group by tenant_id, feed) r
where r.tenant_id = f.tenant_id and r.feed = f.feed;

create table alert (
    id                uuid primary key,
    tenant_id         uuid not null references tenant,
    -- The rule that made it, as it was then.
    rule_id           text not null,
    rule_version      integer not null,
    name              text not null,
    -- CRITICAL 5, HIGH 4, MEDIUM 3, LOW 2, TESTING 1, TUNING 0
    severity          text not null,
    severity_rank     smallint not null,
    severity_reason   text not null,
    join_key          text not null,
    status            text not null,
    close_reason      text,
    close_comment     text,
    assignee_kind     text,
    assignee_id       uuid,
    assignee_name     text,
    investigation_id  uuid,
    tactics           text[] not null,
    techniques        text[] not null,
    first_activity    timestamptz not null,
    last_activity     timestamptz not null,
    vendor_alerts     integer not null,
    -- How many of them Microsoft's portal calls resolved.
    vendor_resolved   integer not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    last_joined_at    timestamptz not null,
    status_changed_at timestamptz not null,
    -- When it was first assigned to a person, first worked on, first and last closed.
    first_assigned_at timestamptz,
    first_worked_at   timestamptz,
    first_closed_at   timestamptz,
    closed_at         timestamptz,
    -- Counts what somebody who decides has to know of: states, people, and vendor alerts that joined.
    revision          integer not null,
    -- What it is searched by: its name, the ids of its vendor alerts, and who and what is involved.
    search            text not null
);
create index alert_tenant_created on alert (tenant_id, created_at desc, id desc);
create index alert_created on alert (created_at desc, id desc);
create index alert_updated on alert (updated_at desc, id desc);
create index alert_open_severity on alert (severity_rank desc, created_at desc, id desc) where status <> 'CLOSED';
create index alert_severity on alert (severity_rank desc, created_at desc, id desc);
create index alert_join on alert (tenant_id, join_key, last_joined_at desc);
create index alert_rule on alert (rule_id, created_at desc);
create index alert_investigation on alert (investigation_id) where investigation_id is not null;
create index alert_assignee on alert (assignee_id, created_at desc) where assignee_id is not null;
create extension if not exists pg_trgm;
create index alert_search on alert using gin (search gin_trgm_ops);

-- Which alert a vendor alert belongs to, and why. A vendor alert belongs to one alert, also when it was lost here and is
-- fetched again.
create table alert_vendor_alert (
    tenant_id       uuid not null,
    vendor_alert_id text not null,
    alert_id        uuid not null references alert,
    rule_id         text not null,
    rule_version    integer not null,
    reason          text not null,
    severity        text not null,
    severity_reason text not null,
    joined_at       timestamptz not null,
    -- The version that was looked at last, and what of it is told when it changes.
    version         bytea not null,
    facts           jsonb not null,
    primary key (tenant_id, vendor_alert_id)
);
create index alert_vendor_alert_alert on alert_vendor_alert (alert_id, joined_at);

create table alert_history (
    id         bigint generated always as identity primary key,
    tenant_id  uuid not null,
    alert_id   uuid not null references alert,
    at         timestamptz not null,
    action     text not null,
    actor_kind text not null,
    actor_id   uuid,
    actor_name text not null,
    -- The alert's revision after it.
    revision   integer not null,
    value      jsonb not null
);
create index alert_history_alert on alert_history (alert_id, id);

-- How many alerts there are, kept in the transaction that changes them.
create table alert_count (
    tenant_id     uuid not null references tenant,
    status        text not null,
    severity_rank smallint not null,
    alerts        bigint not null,
    primary key (tenant_id, status, severity_rank)
);

-- The same by the day (UTC) on which they were made and by how they ended: a close reason, or the status of one that is not
-- closed. What dashboards add up.
create table alert_day (
    tenant_id     uuid not null references tenant,
    day           date not null,
    severity_rank smallint not null,
    outcome       text not null,
    investigated  boolean not null,
    alerts        bigint not null,
    primary key (tenant_id, day, severity_rank, outcome, investigated)
);

-- How many records of each feed came for the first time on a day (UTC, our clock); "left-out" are vendor alerts of other products.
create table record_day (
    tenant_id uuid not null references tenant,
    feed      text not null,
    day       date not null,
    records   bigint not null,
    primary key (tenant_id, day, feed)
);

insert into record_day (tenant_id, feed, day, records)
select tenant_id, 'alerts', (first_seen_at at time zone 'UTC')::date, count(*) from vendor_alert group by 1, 3
union all
select tenant_id, 'incidents', (first_seen_at at time zone 'UTC')::date, count(*) from vendor_incident group by 1, 3
union all
select tenant_id, feed, (first_seen_at at time zone 'UTC')::date, count(*) from hunting_row group by 1, 2, 3
union all
select tenant_id, 'left-out', (first_seen_at at time zone 'UTC')::date, count(*) from left_out_vendor_alert group by 1, 3;

-- Both for all directories together, spread over sixteen rows each so that directories do not wait for one another. Only
-- whoever sees all organizations may read them; they follow the tables above by triggers.
create table alert_day_total (
    shard         smallint not null,
    day           date not null,
    severity_rank smallint not null,
    outcome       text not null,
    investigated  boolean not null,
    alerts        bigint not null,
    primary key (day, severity_rank, outcome, investigated, shard)
);
create table record_day_total (
    shard   smallint not null,
    day     date not null,
    feed    text not null,
    records bigint not null,
    primary key (day, feed, shard)
);
insert into record_day_total (shard, day, feed, records)
select abs(hashtext(tenant_id::text)) % 16, day, feed, sum(records) from record_day group by 1, 2, 3;

create function add_alert_day_total() returns trigger language plpgsql security definer as $$
begin
    insert into alert_day_total as t (shard, day, severity_rank, outcome, investigated, alerts)
    values (abs(hashtext(new.tenant_id::text)) % 16, new.day, new.severity_rank, new.outcome, new.investigated,
            new.alerts - case when tg_op = 'UPDATE' then old.alerts else 0 end)
    on conflict (day, severity_rank, outcome, investigated, shard) do update set alerts = t.alerts + excluded.alerts;
    return null;
end
$$;
create trigger alert_day_total after insert or update on alert_day for each row execute function add_alert_day_total();

create function add_record_day_total() returns trigger language plpgsql security definer as $$
begin
    insert into record_day_total as t (shard, day, feed, records)
    values (abs(hashtext(new.tenant_id::text)) % 16, new.day, new.feed,
            new.records - case when tg_op = 'UPDATE' then old.records else 0 end)
    on conflict (day, feed, shard) do update set records = t.records + excluded.records;
    return null;
end
$$;
create trigger record_day_total after insert or update on record_day for each row execute function add_record_day_total();

do $$
begin
    -- The path is that of whoever made the functions, whatever path a caller has.
    execute format('alter function add_alert_day_total() set search_path = %I', current_schema());
    execute format('alter function add_record_day_total() set search_path = %I', current_schema());
end
$$;
revoke all on alert_day_total, record_day_total from gatehouse_people;

-- How an organization's new alerts are tuned; without a row it is as the settings say.
create table alert_tuning (
    organization_id  uuid primary key references organization,
    new_device_hours integer not null check (new_device_hours between 0 and 168),
    flood_threshold  integer not null check (flood_threshold between 1 and 1000000)
);

-- How many alerts each rule has made of a directory in an hour; rows of past hours are removed.
create table alert_flood (
    tenant_id uuid not null references tenant,
    rule_id   text not null,
    hour      timestamptz not null,
    alerts    integer not null,
    primary key (tenant_id, rule_id, hour)
);

do $$
declare
    one record;
begin
    for one in
        select * from (values
            ('undecided_vendor_alert', 'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert',                  'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_vendor_alert',     'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_history',          'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_count',            'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_day',              'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('record_day',             'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_flood',            'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_tuning',           'organization_id = (select scope_organization())')
        ) as policies (name, condition)
    loop
        execute format('alter table %I enable row level security', one.name);
        execute format('create policy within_scope on %I to gatehouse_people using (%s)', one.name, one.condition);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one.name);
    end loop;
end
$$;
