-- Stable views for reporting. The tables behind them may change from release to release; these columns do not: a column
-- is never renamed or removed, only added. Documented in docs/reporting.md.

create schema report;
comment on schema report is 'Gatehouse reporting views, version 1. Columns are added, never renamed or removed.';

create view report.alerts as
select a.tenant_id,
       d.name              as device_name,
       a.id                as alert_id,
       a.provider_id       as provider_alert_id,
       nullif(a.incident_id, '') as incident_id,
       a.title,
       a.severity,
       a.status,
       a.classification,
       a.determination,
       a.category,
       a.service_source,
       a.detection_source,
       a.detector_id,
       a.assigned_to,
       a.techniques,
       a.created_at        as microsoft_created_at,
       a.updated_at        as microsoft_updated_at,
       a.first_activity    as first_activity_at,
       a.last_activity     as last_activity_at,
       a.first_seen_at,
       a.last_changed_at,
       a.versions,
       encode(a.version, 'hex') as content_hash
from alert a
left join security_device d on d.directory_id = a.tenant_id and d.deleted_at is null;

create view report.alert_versions as
select v.tenant_id,
       v.id                as alert_id,
       v.updated_at        as microsoft_updated_at,
       v.first_seen_at,
       encode(v.version, 'hex') as content_hash
from alert_version v;

create view report.incidents as
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
       encode(i.version, 'hex') as content_hash
from incident i
left join security_device d on d.directory_id = i.tenant_id and d.deleted_at is null;

create view report.hunting_rows as
select h.tenant_id,
       h.feed,
       h.timestamp         as microsoft_timestamp,
       h.action_type,
       h.account_name,
       h.account_upn,
       h.device_name,
       h.ip_address,
       h.target,
       h.report_id,
       h.first_seen_at,
       encode(h.version, 'hex') as content_hash
from hunting_row h;

create view report.poll_windows as
select d.directory_id      as tenant_id,
       d.name              as device_name,
       p.feed,
       p.at                as polled_at,
       p.window_from,
       p.window_to,
       p.took_ms,
       p.bytes,
       p.new_records,
       p.new_versions,
       p.same,
       p.unreadable,
       p.left_out,
       p.trouble,
       p.request_id
from poll p
join security_device d on d.id = p.device_id;

-- The role is the server's, not the database's, so it may exist already; and on somebody else's server we may not be
-- allowed to make it. Then docs/reporting.md says what their administrator does by hand.
do $$
begin
    if not exists (select from pg_roles where rolname = 'gatehouse_report') then
        create role gatehouse_report nologin;
    end if;
    grant usage on schema report to gatehouse_report;
    grant select on all tables in schema report to gatehouse_report;
exception
    when insufficient_privilege then
        raise notice 'The role gatehouse_report could not be made: %', sqlerrm;
    when duplicate_object or unique_violation then
        -- Another Gatehouse made it in the same moment.
        grant usage on schema report to gatehouse_report;
        grant select on all tables in schema report to gatehouse_report;
end
$$;
