-- Searching by a part of a text. PostgreSQL looks into an index by "like" for nobody whom row-level security holds, because
-- that might tell of rows that they must not see: it reads all rows of their organization. These functions look into the index
-- first, as the owner of the tables, and keep to the scope themselves: only rows of the scope come out. Without a scope none do.

create function scope_is_all() returns boolean language sql stable parallel safe as $$
    select coalesce(current_setting('gatehouse.scope', true), '') = 'all'
$$;

create function alerts_like(pattern text) returns setof uuid language sql stable security definer rows 1000 as $$
    select x.alert_id from alert_text x
    where x.search ilike pattern and (scope_is_all() or x.tenant_id = any ((select scope_tenants())::uuid[]))
$$;

-- The tab of what tuning has closed counts by it.
create index alert_close_reason on alert (close_reason, severity_rank, created_at desc, id desc) where close_reason is not null;

create index alert_techniques on alert using gin (techniques);
create index vendor_alert_title_search on vendor_alert using gin (title gin_trgm_ops);

-- The names of accounts, hosts and addresses are looked for where each stands once (entity_name, which a later migration makes).
create function vendor_alerts_like(pattern text, exactly text)
    returns table (tenant_id uuid, id text) language plpgsql stable security definer rows 1000 as $$
begin
    return query
    select e.tenant_id, e.alert_id
    from entity_name n
    join vendor_alert_entity e on e.tenant_id = n.tenant_id and e.kind = n.kind and e.name = n.name
    where lower(n.name) like lower(pattern)
      and (scope_is_all() or n.tenant_id = any ((select scope_tenants())::uuid[]))
    union
    select a.tenant_id, a.id from vendor_alert a
    where (a.title ilike pattern or a.id = exactly 
           -- Its beginning is what the index has, the whole is what is meant.
           or lower(left(a.detector_id, 200)) = lower(left(exactly, 200)) and lower(a.detector_id) = lower(exactly))
      and (scope_is_all() or a.tenant_id = any ((select scope_tenants())::uuid[]));
end
$$;
create index vendor_incident_name_search on vendor_incident using gin (display_name gin_trgm_ops);
create function vendor_incidents_like(pattern text, exactly text)
    returns table (tenant_id uuid, id text) language sql stable security definer rows 1000 as $$
    select i.tenant_id, i.id from vendor_incident i
    where (i.display_name ilike pattern or i.id = exactly)
      and (scope_is_all() or i.tenant_id = any ((select scope_tenants())::uuid[]))
$$;
create index vendor_alert_id on vendor_alert (id);
-- Of a text that can be of any length, an index takes the beginning: an entry holds 2704 bytes.
create index vendor_alert_detector on vendor_alert (lower(left(detector_id, 200)), created_at desc);

do $$
begin
    -- The path is that of whoever made the functions, whatever path a caller has.
    execute format('alter function alerts_like(text) set search_path = %I, public', current_schema());
    execute format('alter function vendor_incidents_like(text, text) set search_path = %I, public', current_schema());
    execute format('alter function vendor_alerts_like(text, text) set search_path = %I, public', current_schema());
end
$$;

-- How many vendor alerts there are, kept by the transaction that stores their present versions. The status is in capital letters
-- without underscores, as it is compared, and no more of it than a key can hold.
create table vendor_alert_count (
    tenant_id     uuid not null references tenant,
    status        text not null,
    severity_rank smallint not null,
    vendor_alerts bigint not null,
    primary key (tenant_id, status, severity_rank)
);
insert into vendor_alert_count (tenant_id, status, severity_rank, vendor_alerts)
select tenant_id, left(upper(replace(status, '_', '')), 40), severity_rank, count(*) from vendor_alert group by 1, 2, 3;

create function count_vendor_alerts() returns trigger language plpgsql security definer as $$
begin
    insert into vendor_alert_count as c (tenant_id, status, severity_rank, vendor_alerts)
    select d.tenant_id, d.status, d.severity_rank, sum(d.delta)
    from (select n.tenant_id, left(upper(replace(n.status, '_', '')), 40) as status, n.severity_rank, 1 as delta from new_rows n) d
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (tenant_id, status, severity_rank) do update set vendor_alerts = c.vendor_alerts + excluded.vendor_alerts;
    return null;
end
$$;
create function recount_vendor_alerts() returns trigger language plpgsql security definer as $$
begin
    insert into vendor_alert_count as c (tenant_id, status, severity_rank, vendor_alerts)
    select d.tenant_id, d.status, d.severity_rank, sum(d.delta)
    from (select n.tenant_id, left(upper(replace(n.status, '_', '')), 40) as status, n.severity_rank, 1 as delta from new_rows n
          union all
          select o.tenant_id, left(upper(replace(o.status, '_', '')), 40), o.severity_rank, -1 from old_rows o) d
    group by 1, 2, 3
    having sum(d.delta) <> 0
    order by 1, 2, 3
    on conflict (tenant_id, status, severity_rank) do update set vendor_alerts = c.vendor_alerts + excluded.vendor_alerts;
    return null;
end
$$;
create function discount_vendor_alerts() returns trigger language plpgsql security definer as $$
begin
    update vendor_alert_count c set vendor_alerts = c.vendor_alerts - d.gone
    from (select o.tenant_id, left(upper(replace(o.status, '_', '')), 40) as status, o.severity_rank, count(*) as gone
          from old_rows o group by 1, 2, 3) d
    where c.tenant_id = d.tenant_id and c.status = d.status and c.severity_rank = d.severity_rank;
    return null;
end
$$;
do $$
begin
    execute format('alter function count_vendor_alerts() set search_path = %I', current_schema());
    execute format('alter function recount_vendor_alerts() set search_path = %I', current_schema());
    execute format('alter function discount_vendor_alerts() set search_path = %I', current_schema());
end
$$;
create trigger vendor_alert_counted after insert on vendor_alert
    referencing new table as new_rows for each statement execute function count_vendor_alerts();
create trigger vendor_alert_recounted after update on vendor_alert
    referencing new table as new_rows old table as old_rows for each statement execute function recount_vendor_alerts();
create trigger vendor_alert_discounted after delete on vendor_alert
    referencing old table as old_rows for each statement execute function discount_vendor_alerts();

alter table vendor_alert_count enable row level security;
create policy within_scope on vendor_alert_count to gatehouse_people
    using (tenant_id = any ((select scope_tenants())::uuid[]));
create policy everything on vendor_alert_count to gatehouse_soc using (true);

