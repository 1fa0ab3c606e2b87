-- A row names one device of its directory, also where there are several: of a vendor alert one that shows it, the one that shows
-- the least before others.

create or replace view report.alerts as
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
from vendor_alert a
left join lateral (select s.name from security_device s
                   where s.directory_id = a.tenant_id and s.deleted_at is null
                   order by s.kind = any (a.kinds) desc, array_position(a.kinds, s.kind), s.created_at, s.id limit 1) d on true;

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
       case when i.redirect_id <> '' then vendor_incident_survivor(i.tenant_id, i.id) end as survivor_incident_id
from vendor_incident i
left join lateral (select s.name from security_device s
                   where s.directory_id = i.tenant_id and s.deleted_at is null
                   order by s.created_at, s.id limit 1) d on true;

create or replace view report.unreadable_records as
select u.tenant_id,
       d.name          as device_name,
       u.feed,
       u.id            as unreadable_record_id,
       u.reason        as cause,
       u.request_id,
       u.first_seen_at,
       u.last_tried_at,
       u.attempts,
       u.bytes,
       u.beginning     as text
from unreadable_record u
left join lateral (select s.name from security_device s
                   where s.directory_id = u.tenant_id and s.deleted_at is null
                   order by s.created_at, s.id limit 1) d on true;
