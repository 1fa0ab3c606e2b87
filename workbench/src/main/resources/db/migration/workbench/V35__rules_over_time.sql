-- How many alerts each rule has made on a day (UTC), and how many vendor alerts have joined its alerts on it, kept in the
-- transaction that makes or changes the alert.
create table alert_rule_day (
    tenant_id     uuid not null references tenant,
    day           date not null,
    rule_id       text not null,
    alerts        bigint not null,
    vendor_alerts bigint not null,
    primary key (tenant_id, day, rule_id)
);

-- Both for all directories together, spread over sixteen rows each so that directories do not wait for one another. Only
-- whoever sees all organizations may read them; they follow the table above by a trigger.
create table alert_rule_day_total (
    shard         smallint not null,
    day           date not null,
    rule_id       text not null,
    alerts        bigint not null,
    vendor_alerts bigint not null,
    primary key (day, rule_id, shard)
);

insert into alert_rule_day (tenant_id, day, rule_id, alerts, vendor_alerts)
select tenant_id, day, rule_id, sum(alerts), sum(vendor_alerts)
from (select tenant_id, (created_at at time zone 'UTC')::date as day, rule_id, 1 as alerts, 0 as vendor_alerts from alert
      union all
      select a.tenant_id, (m.joined_at at time zone 'UTC')::date, a.rule_id, 0, 1
      from alert_vendor_alert m join alert a on a.id = m.alert_id) made
group by 1, 2, 3;

insert into alert_rule_day_total (shard, day, rule_id, alerts, vendor_alerts)
select abs(hashtext(tenant_id::text)) % 16, day, rule_id, sum(alerts), sum(vendor_alerts) from alert_rule_day group by 1, 2, 3;

create function add_alert_rule_day_total() returns trigger language plpgsql security definer as $$
begin
    insert into alert_rule_day_total as t (shard, day, rule_id, alerts, vendor_alerts)
    values (abs(hashtext(new.tenant_id::text)) % 16, new.day, new.rule_id,
            new.alerts - case when tg_op = 'UPDATE' then old.alerts else 0 end,
            new.vendor_alerts - case when tg_op = 'UPDATE' then old.vendor_alerts else 0 end)
    on conflict (day, rule_id, shard) do update set
        alerts = t.alerts + excluded.alerts, vendor_alerts = t.vendor_alerts + excluded.vendor_alerts;
    return null;
end
$$;
create trigger alert_rule_day_total after insert or update on alert_rule_day
    for each row execute function add_alert_rule_day_total();

do $$
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function add_alert_rule_day_total() set search_path = %I', current_schema());
end
$$;
revoke all on alert_rule_day_total from gatehouse_people;

-- Who has changed how an organization's new alerts are tuned. Values that are null are those of the settings.
create table alert_tuning_history (
    id              bigint generated always as identity primary key,
    organization_id uuid not null references organization on delete cascade,
    at              timestamptz not null,
    actor_kind      text not null,
    actor_id        uuid,
    actor_name      text not null,
    from_hours      integer,
    to_hours        integer,
    from_threshold  integer,
    to_threshold    integer
);
create index alert_tuning_history_organization on alert_tuning_history (organization_id, id desc);

-- That somebody has history read again because a rule has changed: first only to see what would become different. Which
-- directories it is about are those that there were then; organization_id is null when it is about all.
create table rule_reread (
    id              uuid primary key,
    organization_id uuid references organization on delete cascade,
    rule_id         text not null,
    looks_from      timestamptz not null,
    looks_to        timestamptz not null,
    -- LOOKING, LOOKED, APPLYING, APPLIED or STOPPED
    state           text not null,
    requested_at    timestamptz not null,
    requested_by    text not null,
    applied_at      timestamptz,
    -- Who has it applied, as histories keep them.
    actor_kind      text,
    actor_id        uuid,
    actor_name      text,
    ended_at        timestamptz
);
create index rule_reread_rule on rule_reread (rule_id, requested_at desc);
create index rule_reread_organization on rule_reread (organization_id);

-- How far it is with each directory.
create table rule_reread_tenant (
    reread_id  uuid not null references rule_reread on delete cascade,
    tenant_id  uuid not null references tenant,
    is_done    boolean not null,
    reached_at timestamptz not null,
    reached_id text not null,
    looked_at  bigint not null,
    -- Vendor alerts that the rules failed at, or that cannot be read any more.
    failed     bigint not null,
    primary key (reread_id, tenant_id)
);
create index rule_reread_tenant_open on rule_reread_tenant (tenant_id) where not is_done;

-- Each vendor alert that would be taken in another way, and what was done about it.
create table rule_reread_finding (
    reread_id       uuid not null references rule_reread on delete cascade,
    tenant_id       uuid not null references tenant,
    vendor_alert_id text not null,
    alert_id        uuid not null references alert on delete cascade,
    joined_at       timestamptz not null,
    -- OTHER_RULE, OTHER_ALERT or SEVERITY
    change          text not null,
    from_rule       text not null,
    to_rule         text not null,
    -- What it would be joined by.
    to_key          text not null,
    from_severity   text not null,
    to_severity     text not null,
    -- Whether nobody had worked on the alert when it was looked at.
    is_untouched    boolean not null,
    -- CHANGED, NOTED or OBSOLETE; null until it is applied.
    result          text,
    primary key (reread_id, tenant_id, vendor_alert_id)
);
create index rule_reread_finding_open on rule_reread_finding (reread_id, tenant_id, vendor_alert_id) where result is null;
create index rule_reread_finding_alert on rule_reread_finding (alert_id);

-- Vendor alerts of a directory in the order in which they joined.
create index alert_vendor_alert_joined on alert_vendor_alert (tenant_id, joined_at, vendor_alert_id);

do $$
declare
    one record;
begin
    for one in
        select * from (values
            ('alert_rule_day',       'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('alert_tuning_history', 'organization_id = (select scope_organization())'),
            ('rule_reread',          'organization_id = (select scope_organization())'),
            ('rule_reread_tenant',   'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('rule_reread_finding',  'tenant_id = any ((select scope_tenants())::uuid[])')
        ) as policies (name, condition)
    loop
        execute format('alter table %I enable row level security', one.name);
        execute format('create policy within_scope on %I to gatehouse_people using (%s)', one.name, one.condition);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one.name);
    end loop;
end
$$;
