-- What Graph has against what is here, hour by hour.

-- When Microsoft made it; null for those that were counted before this was noted.
alter table left_out_alert add column created_at timestamptz;
create index left_out_alert_created on left_out_alert (tenant_id, created_at);
create index alert_made on alert (tenant_id, created_at);
create index incident_made on incident (tenant_id, created_at);
-- Which incidents were merged into one.
create index incident_redirect on incident (tenant_id, redirect_id) where redirect_id <> '';

create table reconciliation (
    device_id      uuid        not null references security_device,
    tenant_id      uuid        not null,      -- the directory that was compared
    feed           text        not null,      -- model.Feed.key()
    hour           timestamptz not null,      -- its start; UTC
    state          text        not null check (state in ('waiting', 'equal', 'healing', 'healed', 'differs', 'failed')),
    in_graph       bigint      not null default 0, -- at the last check
    here           bigint      not null default 0, -- after the last check
    missing_here   bigint      not null default 0, -- found at all checks together
    missing_there  bigint      not null default 0, -- at the last check
    changed        bigint      not null default 0, -- older versions here than there, at all checks together
    healed         bigint      not null default 0, -- of those missing here or changed, by all checks together
    alike          bigint      not null default 0, -- hunting rows that are alike and therefore stored once
    checks         integer     not null default 0,
    checked_at     timestamptz,
    wanted         boolean     not null default false, -- somebody asked for another check
    requested_by   text,
    requested_at   timestamptz,
    replay_id      uuid        references replay, -- what fetches missing hunting rows
    trouble        text,                      -- model.Trouble.key(); null when the last attempt succeeded
    trouble_cause  text,
    trouble_cure   text,
    trouble_code   text,
    trouble_status integer,
    request_id     text,                      -- Microsoft's name for the last request of the last attempt
    primary key (device_id, tenant_id, feed, hour)
);
create index reconciliation_hour on reconciliation (hour desc, device_id, feed);
create index reconciliation_wanted on reconciliation (device_id) where wanted;
create index reconciliation_healing on reconciliation (device_id) where state = 'healing';

create view report.reconciliations as
select r.tenant_id,
       d.name              as device_name,
       r.feed,
       r.hour,
       r.state,
       r.in_graph,
       r.here,
       r.missing_here,
       r.missing_there,
       r.changed,
       r.healed,
       r.alike,
       r.checks,
       r.checked_at,
       r.requested_by,
       r.requested_at,
       r.trouble,
       r.trouble_cause,
       r.request_id
from reconciliation r
join security_device d on d.id = r.device_id;

-- Where an incident that was merged, perhaps of several merges, is at last: the survivor. Empty when it was not merged,
-- or when the mergers lead in a circle. A survivor that is not here yet is named all the same.
create function incident_survivor(tenant uuid, incident_id text) returns text language sql stable as $$
    with recursive trail (id, passed) as (
        select i.redirect_id, array[i.id] from incident i
        where i.tenant_id = tenant and i.id = incident_id and i.redirect_id <> ''
        union all
        select i.redirect_id, t.passed || i.id from trail t
        join incident i on i.tenant_id = tenant and i.id = t.id
        where i.redirect_id <> '' and not i.id = any (t.passed)
    )
    select t.id from trail t
    where not exists (select from incident i where i.tenant_id = tenant and i.id = t.id and i.redirect_id <> '')
    limit 1
$$;

-- An incident and all that were merged into it, also by way of others.
create function incident_members(tenant uuid, incident_id text) returns setof text language sql stable as $$
    with recursive member (id) as (
        select incident_id
        union
        select i.id from member m
        join incident i on i.tenant_id = tenant and i.redirect_id = m.id
        where m.id <> ''
    )
    select id from member
$$;

create or replace view report.incidents as
select i.tenant_id,
       d.name              as device_name,
       i.id                as incident_id,
       i.display_name,
       i.severity,
       i.status,
       i.classification,
       i.determination,
       nullif(i.redirect_id, '') as redirect_incident_id,
       i.assigned_to,
       i.created_at        as microsoft_created_at,
       i.updated_at        as microsoft_updated_at,
       i.first_seen_at,
       i.last_changed_at,
       i.versions,
       encode(i.version, 'hex') as content_hash,
       case when i.redirect_id <> '' then incident_survivor(i.tenant_id, i.id) end as survivor_incident_id
from incident i
left join security_device d on d.directory_id = i.tenant_id and d.deleted_at is null;

do $$
begin
    grant select on report.reconciliations to gatehouse_report;
exception
    when insufficient_privilege or undefined_object then
        raise notice 'The role gatehouse_report could not be given the new view: %', sqlerrm;
end
$$;
