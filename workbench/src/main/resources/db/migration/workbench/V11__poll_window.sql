-- One row for every window that was read, where there was one for every request: what people ask of the ledger is whether
-- a stretch of time is complete, and how that was found out.
create table poll_window (
    id            uuid primary key,
    device_id     uuid        not null references security_device,
    feed          text        not null,
    purpose       text        not null,
    window_from   timestamptz not null,
    window_to     timestamptz not null,
    asked         text        not null,
    started_at    timestamptz not null,
    ended_at      timestamptz not null,
    requests      integer     not null,
    pages         integer     not null,
    took_ms       bigint      not null,
    bytes         bigint      not null,
    new_records   integer     not null,
    new_versions  integer     not null,
    same          integer     not null,
    unreadable    integer     not null,
    left_out      integer     not null,
    -- reading, complete, failed, interrupted
    outcome       text        not null,
    trouble       text,
    trouble_cause text,
    trouble_code  text,
    http_status   integer,
    request_ids   text[]      not null
);

insert into poll_window
select gen_random_uuid(), device_id, feed, 'poll', window_from, window_to, '',
       at - make_interval(secs => took_ms / 1000.0), at, 1, case when trouble is null then 1 else 0 end, took_ms, bytes,
       new_records, new_versions, same, unreadable, left_out,
       case when trouble is null then 'complete' else 'failed' end, trouble, null, null, null,
       case when request_id is null then '{}' else array[request_id] end
from poll;

drop view report.poll_windows;
drop table poll;

create index poll_window_device on poll_window (device_id, feed, ended_at desc);
create index poll_window_ended on poll_window (ended_at desc);
create index poll_window_trouble on poll_window (ended_at desc) where outcome in ('failed', 'interrupted');
create index poll_window_open on poll_window (device_id, feed, purpose) where outcome = 'reading';
create index poll_window_data on poll_window (ended_at) include (device_id, new_records, new_versions)
    where new_records + new_versions > 0;

-- The columns up to request_id are those of before; new ones stand at the end.
create view report.poll_windows as
select d.directory_id      as tenant_id,
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
join security_device d on d.id = p.device_id;

do $$
begin
    grant select on report.poll_windows to gatehouse_report;
exception
    when undefined_object or insufficient_privilege then
        raise notice 'The role gatehouse_report was not given report.poll_windows: %', sqlerrm;
end
$$;
