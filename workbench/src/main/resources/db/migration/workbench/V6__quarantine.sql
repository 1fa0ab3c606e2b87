-- Stretches of a feed's time that could not be read. A feed goes on behind one only in the transaction that writes its
-- row here: the row is the promise to come back.
create table quarantined_window (
    id              uuid primary key,
    device_id       uuid        not null references security_device,
    tenant_id       uuid        not null,      -- the directory when it was passed over; with another one it is void
    feed            text        not null,      -- model.Feed.key()
    window_from     timestamptz not null,
    window_to       timestamptz not null check (window_to > window_from),
    attempts        integer     not null,      -- all of them, those before it was passed over included
    first_at        timestamptz not null,      -- when it was passed over
    last_at         timestamptz not null,      -- last attempt
    next_at         timestamptz,               -- when it is tried again; null once it is read
    trouble         text        not null,      -- model.Trouble.key() of the last failure, as are the next five
    trouble_cause   text        not null,
    trouble_cure    text        not null,
    trouble_code    text,
    trouble_status  integer,
    trouble_request text,
    resolved_at     timestamptz                -- when it was read after all
);
create unique index quarantined_window_open on quarantined_window (device_id, tenant_id, feed, window_from, window_to)
    where resolved_at is null;
create index quarantined_window_latest on quarantined_window (first_at desc, id);

create view report.quarantined_windows as
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
join security_device d on d.id = q.device_id;

-- As in V2: the role may be missing on somebody else's server.
do $$
begin
    grant select on report.quarantined_windows to gatehouse_report;
exception
    when undefined_object or insufficient_privilege then
        raise notice 'The role gatehouse_report could not be given the view: %', sqlerrm;
end
$$;
