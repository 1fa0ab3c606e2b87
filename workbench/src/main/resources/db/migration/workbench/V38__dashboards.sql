-- The rows behind the numbers of Dashboards > Alert Analysis, in the order in which they came.
create index vendor_alert_came on vendor_alert (tenant_id, first_seen_at desc);
create index vendor_incident_came on vendor_incident (tenant_id, first_seen_at desc);
create index hunting_row_came on hunting_row (tenant_id, first_seen_at desc);
create index left_out_vendor_alert_came on left_out_vendor_alert (tenant_id, first_seen_at desc);

-- Which investigations the alerts of a range of days are in.
create index alert_investigated on alert (created_at, investigation_id, tenant_id) where investigation_id is not null;

-- Counters follow a row whose first arrival moves to another day, as happens when a record that could not be read at first
-- turns out to have been here earlier, and a vendor alert that is no longer left out.
create function move_record_day() returns trigger language plpgsql as $$
declare
    feed_of_row text := case tg_argv[0] when '' then to_jsonb(old) ->> 'feed' else tg_argv[0] end;
begin
    insert into record_day (tenant_id, feed, day, records)
    values (old.tenant_id, feed_of_row, (old.first_seen_at at time zone 'UTC')::date, -1)
    on conflict (tenant_id, day, feed) do update set records = record_day.records - 1;
    if tg_op = 'UPDATE' then
        insert into record_day (tenant_id, feed, day, records)
        values (new.tenant_id, feed_of_row, (new.first_seen_at at time zone 'UTC')::date, 1)
        on conflict (tenant_id, day, feed) do update set records = record_day.records + 1;
    end if;
    return null;
end
$$;
create trigger vendor_alert_day after update of first_seen_at on vendor_alert for each row
    when (old.first_seen_at is distinct from new.first_seen_at) execute function move_record_day('alerts');
create trigger vendor_incident_day after update of first_seen_at on vendor_incident for each row
    when (old.first_seen_at is distinct from new.first_seen_at) execute function move_record_day('incidents');
create trigger hunting_row_day after update of first_seen_at on hunting_row for each row
    when (old.first_seen_at is distinct from new.first_seen_at) execute function move_record_day('');
create trigger left_out_vendor_alert_day after delete on left_out_vendor_alert for each row
    execute function move_record_day('left-out');

do $$
begin
    execute format('alter function move_record_day() set search_path = %I', current_schema());
end
$$;
