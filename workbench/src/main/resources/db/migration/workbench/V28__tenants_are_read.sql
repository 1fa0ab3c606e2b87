-- A directory may have several devices, of different kinds, and is read once for all of them: how far it is read, who reads
-- it and every window of it belong to the directory (tenant) and not to a device.

-- What a device is, model.DeviceKind.key(). Until now there was one kind.
alter table security_device add column kind text not null default 'microsoft_defender_for_identity';
alter table security_device alter column kind drop default;
drop index security_device_directory;
-- Two of a kind would show every alert twice.
create unique index security_device_directory on security_device (directory_id, kind) where deleted_at is null;

-- Which kinds of device show an alert. All that are here were kept for Defender for Identity; what shows that shows all.
alter table vendor_alert
    add column kinds text[] not null default '{microsoft_defender_for_identity,microsoft_defender_xdr}';
alter table vendor_alert alter column kinds drop default;

-- How far a directory is read is what its present device says, or the one that was removed last.
create temporary table reader on commit drop as
select distinct on (directory_id) directory_id as tenant_id, id as device_id
from security_device
order by directory_id, deleted_at desc nulls first, created_at desc, id;

alter table feed
    add column tenant_id uuid references tenant,
    -- For which kinds of device everything from read_from to the watermark was kept; empty where nothing is left out.
    add column kinds     text[] not null default '{}';
update feed set kinds = '{microsoft_defender_for_identity}' where feed = 'alerts';
update feed f set tenant_id = r.tenant_id from reader r where r.device_id = f.device_id;
delete from feed where tenant_id is null;
drop policy within_scope on feed;
alter table feed
    drop constraint feed_pkey,
    drop column device_id,
    add primary key (tenant_id, feed);
create policy within_scope on feed to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));

-- Leases are taken anew.
delete from lease;
drop policy within_scope on lease;
alter table lease
    drop constraint lease_pkey,
    drop column device_id,
    add column tenant_id uuid primary key references tenant;
create policy within_scope on lease to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));

-- Views name a present device of the directory, the first one if there are several.

alter table poll_window add column tenant_id uuid references tenant;
update poll_window w set tenant_id = d.directory_id from security_device d where d.id = w.device_id;

create or replace view report.poll_windows as
select p.tenant_id,
       d.name              as device_name,
       p.feed,
       p.ended_at          as polled_at,
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
       p.request_ids[cardinality(p.request_ids)] as request_id,
       p.id                as poll_window_id,
       p.purpose,
       p.asked,
       p.started_at,
       p.requests,
       p.pages,
       p.outcome,
       p.trouble_cause,
       p.trouble_code,
       p.http_status,
       p.request_ids
from poll_window p
join lateral (select s.name from security_device s where s.directory_id = p.tenant_id
              order by s.deleted_at desc nulls first, s.created_at, s.id limit 1) d on true;

drop policy within_scope on poll_window;
drop index poll_window_device, poll_window_open, poll_window_data;
alter table poll_window
    drop column device_id,
    alter column tenant_id set not null;
create policy within_scope on poll_window to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));
create index poll_window_tenant on poll_window (tenant_id, feed, ended_at desc);
create index poll_window_open on poll_window (tenant_id, feed, purpose) where outcome = 'reading';
create index poll_window_data on poll_window (ended_at) include (tenant_id, new_records, new_versions)
    where new_records + new_versions > 0;

create or replace view report.quarantined_windows as
select q.tenant_id,
       d.name          as device_name,
       q.feed,
       q.window_from,
       q.window_to,
       q.attempts,
       q.first_at      as quarantined_at,
       q.last_at       as last_tried_at,
       q.next_at       as next_try_at,
       q.resolved_at,
       q.trouble,
       q.trouble_cause as cause,
       q.trouble_code  as code,
       q.trouble_status as http_status,
       q.trouble_request as request_id
from quarantined_window q
join lateral (select s.name from security_device s where s.directory_id = q.tenant_id
              order by s.deleted_at desc nulls first, s.created_at, s.id limit 1) d on true;

delete from quarantined_window q
using quarantined_window other
where q.resolved_at is null and other.resolved_at is null and q.tenant_id = other.tenant_id and q.feed = other.feed
  and q.window_from = other.window_from and q.window_to = other.window_to and q.id > other.id;
drop index quarantined_window_open;
alter table quarantined_window
    drop column device_id,
    add foreign key (tenant_id) references tenant;
create unique index quarantined_window_open on quarantined_window (tenant_id, feed, window_from, window_to)
    where resolved_at is null;

create or replace view report.reconciliations as
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
join lateral (select s.name from security_device s where s.directory_id = r.tenant_id
              order by s.deleted_at desc nulls first, s.created_at, s.id limit 1) d on true;

-- Of an hour that was compared for several devices one after the other, the last comparison counts.
delete from reconciliation r
using reconciliation other
where r.tenant_id = other.tenant_id and r.feed = other.feed and r.hour = other.hour
  and (coalesce(r.checked_at, '-infinity'), r.device_id) < (coalesce(other.checked_at, '-infinity'), other.device_id);
drop index reconciliation_hour, reconciliation_wanted, reconciliation_healing;
alter table reconciliation
    drop constraint reconciliation_pkey,
    drop column device_id,
    add foreign key (tenant_id) references tenant,
    add primary key (tenant_id, feed, hour);
create index reconciliation_hour on reconciliation (hour desc, tenant_id, feed);
create index reconciliation_wanted on reconciliation (tenant_id) where wanted;
create index reconciliation_healing on reconciliation (tenant_id) where state = 'healing';

-- A history is read again when another kind of device wants more of it.
update replay r set purpose = 'request'
where purpose = 'backfill' and exists (
    select from replay other
    where other.purpose = 'backfill' and other.tenant_id = r.tenant_id and other.feed = r.feed
      and other.range_to = r.range_to and other.id < r.id);
drop policy within_scope on replay;
drop index replay_backfill, replay_device, replay_open;
alter table replay
    drop column device_id,
    add foreign key (tenant_id) references tenant,
    -- For which kinds of device everything of it is kept; empty where nothing is left out.
    add column kinds text[] not null default '{}';
update replay set kinds = '{microsoft_defender_for_identity}' where feed = 'alerts';
create policy within_scope on replay to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));
create unique index replay_backfill on replay (tenant_id, feed, range_to, kinds) where purpose = 'backfill';
create index replay_tenant on replay (tenant_id, requested_at desc);
create index replay_open on replay (tenant_id) where state in ('queued', 'running');
