-- What a vendor alert names is one row, with an array for each column of what were some ten rows: a row each, with its keys in two
-- indexes, was the dearest part of storing a vendor alert. All that one names is read as before, from a view of the former name.
-- Which vendor alerts have a name is found by numbers made of it, in an index of arrays. PostgreSQL uses such an index for nobody
-- whom row-level security holds, so functions look into it as the owner of the table, and keep to the scope themselves.

-- The number of a name in its directory. It is kept in rows, so it must never change. Two names may have the same one: whoever
-- looks by it compares the name itself, too. records.EntityKey makes the same.
create function entity_key(tenant uuid, kind text, name text) returns bigint language sql immutable strict parallel safe as $$
    select ('x' || encode(substr(sha256(convert_to(tenant::text || kind || E'\n' || name, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
$$;

alter table vendor_alert_entity rename to vendor_alert_entity_row;
create table vendor_alert_entities (
    tenant_id uuid     not null,
    alert_id  text     not null,
    kinds     text[]   not null,                -- model.EntityKind in small letters
    names     text[]   not null,
    roles     text[]   not null,                -- the roles of each, as PostgreSQL writes an array
    keys      bigint[] not null,                -- entity_key of each
    primary key (tenant_id, alert_id)
);
insert into vendor_alert_entities (tenant_id, alert_id, kinds, names, roles, keys)
select e.tenant_id, e.alert_id, array_agg(e.kind), array_agg(e.name), array_agg(e.roles::text),
       array_agg(entity_key(e.tenant_id, e.kind, e.name))
from (select * from vendor_alert_entity_row order by tenant_id, alert_id, kind, name) e
group by e.tenant_id, e.alert_id;
drop table vendor_alert_entity_row;
create index vendor_alert_entities_keys on vendor_alert_entities using gin (keys);

alter table vendor_alert_entities enable row level security;
create policy within_scope on vendor_alert_entities to gatehouse_people using (tenant_id in (
    select t.tenant_id from tenant t where t.organization_id = (select scope_organization())));
create policy everything on vendor_alert_entities to gatehouse_soc using (true);

create view vendor_alert_entity with (security_invoker = true) as
select e.tenant_id, e.alert_id, u.kind, u.name, u.roles::text[] as roles
from vendor_alert_entities e
cross join lateral unnest(e.kinds, e.names, e.roles) as u (kind, name, roles);

-- In the transaction that stores the vendor alert. Most names are there already: looking is cheaper than trying to write them.
create or replace function add_entity_names() returns trigger language plpgsql security definer as $$
begin
    insert into entity_name (tenant_id, kind, name)
    select a.tenant_id, a.kind, a.name
    from (select distinct e.tenant_id, u.kind, u.name from added e cross join lateral unnest(e.kinds, e.names) as u (kind, name)) a
    where not exists (select from entity_name n where n.tenant_id = a.tenant_id and n.kind = a.kind and n.name = a.name)
    on conflict do nothing;
    return null;
end
$$;
create trigger entity_name_inserted after insert on vendor_alert_entities referencing new table as added
for each statement execute function add_entity_names();
create trigger entity_name_updated after update on vendor_alert_entities referencing new table as added
for each statement execute function add_entity_names();

-- Whether a directory is in the scope: for functions that look into a table as its owner.
create function scope_has_tenant(of_tenant uuid) returns boolean language sql stable parallel safe as $$
    select scope_is_all() or exists (select from tenant t where t.tenant_id = of_tenant and t.organization_id = scope_organization())
$$;

-- The vendor alerts of a directory that have a name, in no order, with the roles in which they have it; at most as many as asked
-- for, or all for null.
create function vendor_alerts_naming(of_tenant uuid, of_kind text, of_name text, most integer)
    returns table (alert_id text, roles text[]) language plpgsql stable security definer rows 100 as $$
declare
    wanted constant bigint := entity_key(of_tenant, of_kind, of_name);
begin
    if not scope_has_tenant(of_tenant) then
        return;
    end if;
    return query
    select e.alert_id, e.roles[array_position(e.keys, wanted)]::text[]
    from vendor_alert_entities e
    where e.keys @> array[wanted]
      and e.kinds[array_position(e.keys, wanted)] = of_kind and e.names[array_position(e.keys, wanted)] = of_name
    limit most;
end
$$;

-- How many these are, at most as many as asked for.
create function count_vendor_alerts_naming(of_tenant uuid, of_kind text, of_name text, most integer)
    returns bigint language plpgsql stable security definer as $$
declare
    wanted constant bigint := entity_key(of_tenant, of_kind, of_name);
begin
    if not scope_has_tenant(of_tenant) then
        return 0;
    end if;
    return (select count(*)
            from (select from vendor_alert_entities e
                  where e.keys @> array[wanted]
                    and e.kinds[array_position(e.keys, wanted)] = of_kind and e.names[array_position(e.keys, wanted)] = of_name
                  limit most) c);
end
$$;

-- Those that have a name like that, in the scope.
create function vendor_alerts_naming_like(pattern text, most integer)
    returns table (tenant_id uuid, id text) language plpgsql stable security definer rows 1000 as $$
begin
    return query
    select e.tenant_id, e.alert_id
    from (select n.kind, n.name, entity_key(n.tenant_id, n.kind, n.name) as key
          from entity_name n
          where lower(n.name) like lower(pattern)
            and (scope_is_all() or n.tenant_id = any ((select scope_tenants())::uuid[]))
          -- So that the number is made once for each name.
          offset 0) n
    join vendor_alert_entities e on e.keys @> array[n.key]
                                and e.kinds[array_position(e.keys, n.key)] = n.kind and e.names[array_position(e.keys, n.key)] = n.name
    limit most;
end
$$;

-- The alerts of a directory whose vendor alerts have a name, but one alert; an alert stands there once for each of them.
create function alerts_naming(of_tenant uuid, of_kind text, of_name text, but uuid, most integer)
    returns table (alert_id uuid) language plpgsql stable security definer rows 100 as $$
declare
    wanted constant bigint := entity_key(of_tenant, of_kind, of_name);
begin
    if not scope_has_tenant(of_tenant) then
        return;
    end if;
    return query
    select m.alert_id
    from vendor_alert_entities e
    join alert_vendor_alert m on m.tenant_id = e.tenant_id and m.vendor_alert_id = e.alert_id
    where e.keys @> array[wanted]
      and e.kinds[array_position(e.keys, wanted)] = of_kind and e.names[array_position(e.keys, wanted)] = of_name
      and m.alert_id <> but
    limit most;
end
$$;

-- Where a text is found in vendor alerts, as before.
create or replace function vendor_alerts_like(pattern text, exactly text, most integer)
    returns table (tenant_id uuid, id text) language plpgsql stable security definer rows 1000 as $$
begin
    return query
    select f.tenant_id, f.id from vendor_alerts_naming_like(pattern, most) f
    union
    (select a.tenant_id, a.id from vendor_alert a
     where (a.title ilike pattern or a.id = exactly
            -- Its beginning is what the index has, the whole is what is meant.
            or lower(left(a.detector_id, 200)) = lower(left(exactly, 200)) and lower(a.detector_id) = lower(exactly))
       and (scope_is_all() or a.tenant_id = any ((select scope_tenants())::uuid[]))
     limit most);
end
$$;
-- All of them.
create or replace function vendor_alerts_like(pattern text, exactly text)
    returns table (tenant_id uuid, id text) language sql stable security definer rows 1000 as $$
    select f.tenant_id, f.id from vendor_alerts_like(pattern, exactly, null) f
$$;

do $$
declare
    one text;
begin
    -- The path is that of whoever made the functions, whatever path a caller has.
    foreach one in array array['add_entity_names()', 'vendor_alerts_like(text, text)', 'vendor_alerts_like(text, text, integer)',
                               'vendor_alerts_naming_like(text, integer)', 'vendor_alerts_naming(uuid, text, text, integer)',
                               'count_vendor_alerts_naming(uuid, text, text, integer)', 'alerts_naming(uuid, text, text, uuid, integer)'] loop
        execute format('alter function %s set search_path = %I, public', one, current_schema());
    end loop;
    -- PostgreSQL takes half a percent of all vendor alerts for what one name has, whatever is there: it would share the work, or read
    -- the table until it has as many as are wanted. Planning anew takes longer than most of these look-ups.
    execute 'alter function vendor_alerts_naming_like(text, integer) set max_parallel_workers_per_gather = 0';
    foreach one in array array['vendor_alerts_naming(uuid, text, text, integer)', 'count_vendor_alerts_naming(uuid, text, text, integer)',
                               'alerts_naming(uuid, text, text, uuid, integer)'] loop
        execute format('alter function %s set max_parallel_workers_per_gather = 0', one);
        execute format('alter function %s set enable_seqscan = off', one);
        execute format('alter function %s set plan_cache_mode = force_generic_plan', one);
    end loop;
end
$$;
