-- What Microsoft sends is a vendor alert and a vendor incident. The shorter words are for what analysts work on.
-- Views follow by themselves; the report schema keeps its names.

alter table alert rename to vendor_alert;
alter table alert_version rename to vendor_alert_version;
alter table alert_entity rename to vendor_alert_entity;
alter table incident rename to vendor_incident;
alter table incident_version rename to vendor_incident_version;
alter table left_out_alert rename to left_out_vendor_alert;

alter function incident_survivor(uuid, text) rename to vendor_incident_survivor;
alter function incident_members(uuid, text) rename to vendor_incident_members;

create or replace function vendor_incident_survivor(tenant uuid, incident_id text) returns text language sql stable as $$
    with recursive trail (id, passed) as (
        select i.redirect_id, array[i.id] from vendor_incident i
        where i.tenant_id = tenant and i.id = incident_id and i.redirect_id <> ''
        union all
        select i.redirect_id, t.passed || i.id from trail t
        join vendor_incident i on i.tenant_id = tenant and i.id = t.id
        where i.redirect_id <> '' and not i.id = any (t.passed)
    )
    select t.id from trail t
    where not exists (select from vendor_incident i where i.tenant_id = tenant and i.id = t.id and i.redirect_id <> '')
    limit 1
$$;

create or replace function vendor_incident_members(tenant uuid, incident_id text) returns setof text language sql stable as $$
    with recursive member (id) as (
        select incident_id
        union
        select i.id from member m
        join vendor_incident i on i.tenant_id = tenant and i.redirect_id = m.id
        where m.id <> ''
    )
    select id from member
$$;

-- The reporting role may read no table and calls the function by way of a view. To replace a function is to lose this.
do $$
begin
    execute format('alter function vendor_incident_survivor(uuid, text) security definer set search_path = %I, pg_temp',
                   current_schema());
end
$$;
