-- Alerts that are kept no longer are removed with their vendor alerts, as vendor incidents and superseded versions are, when a setting
-- says so. Until now no row of these tables was ever deleted, and some have no foreign key for that reason (V44, V58). They still need
-- none: rows of an alert or a vendor alert are written only by whoever has locked it, and removed only by whoever has.

-- What is due first stands first, and nothing else is read for it.
create index alert_closed on alert (updated_at, id) where status = 'CLOSED' and investigation_id is null;
create index vendor_incident_changed on vendor_incident (last_changed_at, tenant_id, id);
-- Those that have superseded versions, by when the first of these came.
create index vendor_alert_superseded on vendor_alert (first_seen_at, tenant_id, id) where versions > 1;
create index vendor_incident_superseded on vendor_incident (first_seen_at, tenant_id, id) where versions > 1;

-- An action names its file and the file names its action. Whoever removes both has this checked at the end.
alter table investigative_action alter constraint investigative_action_result_file_id_fkey deferrable initially immediate;
alter table file alter constraint file_action_id_fkey deferrable initially immediate;

-- In the order of the keys, as the other two that count: vendor alerts of many tenants are removed in one statement while pages of
-- these tenants are stored.
create or replace function discount_vendor_alerts() returns trigger language plpgsql security definer as $$
begin
    insert into vendor_alert_count as c (tenant_id, status, severity_rank, vendor_alerts)
    select o.tenant_id, left(upper(replace(o.status, '_', '')), 40), o.severity_rank, -count(*) from old_rows o
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (tenant_id, status, severity_rank) do update set vendor_alerts = c.vendor_alerts + excluded.vendor_alerts;
    return null;
end
$$;
do $$
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function discount_vendor_alerts() set search_path = %I', current_schema());
end
$$;
