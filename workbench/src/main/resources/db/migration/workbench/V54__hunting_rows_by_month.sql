-- Rows of hunting tables by the month in which they happened, so that months that are kept no longer go as a whole, and what is
-- written and read now stays small however much there is of the past. A key holds the time, too: a row never changes, and the
-- hash of its content has the time in it.

alter table hunting_row rename to hunting_row_before;
alter table hunting_row_before rename constraint hunting_row_pkey to hunting_row_before_without_time;
alter index hunting_row_time rename to hunting_row_before_time;
alter index hunting_row_came rename to hunting_row_before_came;
drop trigger hunting_row_day on hunting_row_before;
drop policy within_scope on hunting_row_before;
drop policy everything on hunting_row_before;
drop view report.hunting_rows;

create table hunting_row (
    tenant_id     uuid        not null,
    feed          text        not null,
    version       bytea       not null,         -- SHA-256 of the canonical JSON: the row's identity
    timestamp     timestamptz not null,
    action_type   text        not null,
    account_name  text        not null,
    account_upn   text        not null,
    device_name   text        not null,
    ip_address    text        not null,
    target        text        not null,
    report_id     text        not null,
    first_seen_at timestamptz not null,
    original      bytea       not null,
    primary key (tenant_id, feed, version, timestamp)
) partition by range (timestamp);
create index hunting_row_time on hunting_row (tenant_id, feed, timestamp desc);
create index hunting_row_came on hunting_row (tenant_id, first_seen_at desc);
create trigger hunting_row_day after update of first_seen_at on hunting_row for each row
    when (old.first_seen_at is distinct from new.first_seen_at) execute function move_record_day('');

alter table hunting_row enable row level security;
create policy within_scope on hunting_row to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));
create policy everything on hunting_row to gatehouse_soc using (true);

-- What is of no month that there is a table for: times that nobody expects.
create table hunting_row_other partition of hunting_row default;
alter table hunting_row_other enable row level security;

-- What was there before is one part, up to the end of this month. Times after it are nobody's yet.
do $$
declare
    until timestamptz := (date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC';
begin
    if exists (select from hunting_row_before) then
        with later as (delete from hunting_row_before where timestamp >= until returning *)
        insert into hunting_row_other select * from later;
        alter table hunting_row_before drop constraint hunting_row_before_without_time;
        execute format('alter table hunting_row attach partition hunting_row_before for values from (minvalue) to (%L)', until);
    else
        drop table hunting_row_before;
    end if;
end
$$;

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

do $$
begin
    grant select on report.hunting_rows to gatehouse_report;
exception
    when undefined_object or insufficient_privilege then
        raise notice 'The role gatehouse_report was not given report.hunting_rows: %', sqlerrm;
end
$$;

-- The parts of the table and what they hold, from (none for the first) and until when.
create view hunting_row_part as
select c.relname::text as name,
       (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([^'']+)''\)'))[1]::timestamptz as since,
       (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz as until
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'hunting_row'::regclass and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT';

-- Makes the part of a month (UTC), unless there is one already, and puts there what came before there was one. Waits for nobody
-- for long: whoever wants to write would wait behind it.
create function make_hunting_row_month(month timestamptz) returns boolean language plpgsql set lock_timeout = '5s' as $$
declare
    until timestamptz := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    part text := 'hunting_row_' || to_char(month at time zone 'UTC', 'YYYY_MM');
begin
    perform pg_advisory_xact_lock(hashtextextended('hunting_row_part', 0));
    if exists (select from hunting_row_part p where (p.since is null or p.since <= month) and p.until > month) then
        return false;
    end if;
    execute format('create table %I (like hunting_row including all)', part);
    execute format('alter table %I enable row level security', part);
    lock table hunting_row_other in access exclusive mode;
    execute format('with moved as (delete from hunting_row_other where timestamp >= %L and timestamp < %L returning *)
                    insert into %I select * from moved', month, until, part);
    execute format('alter table hunting_row attach partition %I for values from (%L) to (%L)', part, month, until);
    return true;
end
$$;

-- Lets go of the parts whose rows all happened before a time, and of such rows of no month. Returns how many parts those were.
create function drop_hunting_rows_before(kept_from timestamptz) returns integer language plpgsql set lock_timeout = '5s' as $$
declare
    part text;
    dropped integer := 0;
begin
    perform pg_advisory_xact_lock(hashtextextended('hunting_row_part', 0));
    for part in select p.name from hunting_row_part p where p.until <= kept_from loop
        execute format('drop table %I', part);
        dropped := dropped + 1;
    end loop;
    delete from hunting_row_other where timestamp < kept_from;
    return dropped;
end
$$;
