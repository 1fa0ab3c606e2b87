-- Whose alerts, vendor alerts and vendor incidents are, so that indexes give the list of one organization in its order, however
-- many directories that has. It is the organization of the row's directory: written with the row, and changed with the directory.

-- Counters and dates stay as they are.
alter table vendor_alert disable trigger user;
alter table vendor_incident disable trigger user;
alter table alert disable trigger user;

alter table vendor_alert add column organization_id uuid;
alter table vendor_incident add column organization_id uuid;
alter table alert add column organization_id uuid;
update vendor_alert a set organization_id = t.organization_id from tenant t where t.tenant_id = a.tenant_id;
update vendor_incident i set organization_id = t.organization_id from tenant t where t.tenant_id = i.tenant_id;
update alert a set organization_id = t.organization_id from tenant t where t.tenant_id = a.tenant_id;
alter table vendor_alert alter column organization_id set not null;
alter table vendor_incident alter column organization_id set not null;
alter table alert alter column organization_id set not null;

alter table vendor_alert enable trigger user;
alter table vendor_incident enable trigger user;
alter table alert enable trigger user;

create index vendor_alert_organization_created on vendor_alert (organization_id, created_at desc, tenant_id, id);
create index vendor_alert_organization_updated on vendor_alert (organization_id, updated_at desc, tenant_id, id);
create index vendor_alert_organization_severity on vendor_alert (organization_id, severity_rank desc, created_at desc, tenant_id, id);
create index vendor_incident_organization_updated on vendor_incident (organization_id, updated_at desc, tenant_id, id);
create index vendor_incident_organization_created on vendor_incident (organization_id, created_at desc, tenant_id, id);
-- What the time metrics measure stands in it, too.
create index alert_organization_created on alert (organization_id, created_at desc, id desc)
    include (severity_rank, detect_seconds, triage_seconds, decide_seconds);
create index alert_organization_updated on alert (organization_id, updated_at desc, id desc);
create index alert_organization_severity on alert (organization_id, severity_rank desc, created_at desc, id desc);
create index alert_organization_open on alert (organization_id, severity_rank desc, created_at desc, id desc)
    where status <> 'CLOSED';

-- Whoever inserts a row locks the directory's until the end of the transaction, so that this comes before it or after it.
create function move_records() returns trigger language plpgsql security definer as $$
begin
    update vendor_alert set organization_id = new.organization_id
    where tenant_id = new.tenant_id and organization_id <> new.organization_id;
    update vendor_incident set organization_id = new.organization_id
    where tenant_id = new.tenant_id and organization_id <> new.organization_id;
    update alert set organization_id = new.organization_id
    where tenant_id = new.tenant_id and organization_id <> new.organization_id;
    return null;
end
$$;
create trigger tenant_moved after update of organization_id on tenant
    for each row execute function move_records();

drop policy within_scope on vendor_alert;
drop policy within_scope on vendor_incident;
drop policy within_scope on alert;
create policy within_scope on vendor_alert to gatehouse_people using (organization_id = (select scope_organization()));
create policy within_scope on vendor_incident to gatehouse_people using (organization_id = (select scope_organization()));
create policy within_scope on alert to gatehouse_people using (organization_id = (select scope_organization()));

-- Of the other tables with a directory. What is an array in a policy becomes a key of every look into an index, for which
-- PostgreSQL sorts the array anew each time; this it looks up in a hash table instead.
do $$
declare
    one name;
begin
    for one in select tablename from pg_policies
               where schemaname = current_schema() and policyname = 'within_scope' and qual like '(tenant_id = ANY (%scope_tenants%' loop
        execute format('drop policy within_scope on %I', one);
        execute format('create policy within_scope on %I to gatehouse_people using (tenant_id in ('
                       'select t.tenant_id from tenant t where t.organization_id = (select scope_organization())))', one);
    end loop;
end
$$;

-- Names that begin with a text, or contain it, from an index that row-level security would keep from people of one organization.
create function entity_names_like(pattern text, kinds text[], most integer)
    returns table (tenant_id uuid, kind text, name text) language sql stable security definer rows 300 as $$
    select n.tenant_id, n.kind, n.name from entity_name n
    where lower(n.name) like lower(pattern) and n.kind = any (kinds)
      and (scope_is_all() or n.tenant_id = any ((select scope_tenants())::uuid[]))
    limit most
$$;

-- What people wrote, newest first, by its words; the same for people of one organization.
create function comments_saying(words text, most integer)
    returns table (investigation_id uuid, created_at timestamptz, said text) language sql stable security definer rows 200 as $$
    select c.investigation_id, c.created_at, c.comment from investigation_comment c
    where to_tsvector('simple', c.comment) @@ websearch_to_tsquery('simple', words) and c.deleted_at is null
      and (scope_is_all() or c.organization_id = (select scope_organization()))
    order by c.created_at desc limit most
$$;
create function findings_saying(words text, most integer)
    returns table (investigation_id uuid, created_at timestamptz, said text) language sql stable security definer rows 200 as $$
    select f.investigation_id, f.created_at, f.title || ' ' || f.finding from investigation_finding f
    where to_tsvector('simple', f.title || ' ' || f.finding) @@ websearch_to_tsquery('simple', words) and f.deleted_at is null
      and (scope_is_all() or f.organization_id = (select scope_organization()))
    order by f.created_at desc limit most
$$;

-- Says what the index of merged vendor incidents says, so that it is used.
create or replace function vendor_incident_members(tenant uuid, incident_id text) returns setof text language sql stable as $$
    with recursive member (id) as (
        select incident_id
        union
        select i.id from member m
        join vendor_incident i on i.tenant_id = tenant and i.redirect_id = m.id and i.redirect_id <> ''
        where m.id <> ''
    )
    select id from member
$$;

-- How alerts stand is counted by how they ended, too, as it is for each day.
alter table alert_count rename column status to outcome;
truncate alert_count;
insert into alert_count (tenant_id, outcome, severity_rank, alerts)
select tenant_id, coalesce(close_reason, status), severity_rank, count(*) from alert group by 1, 2, 3;

do $$
begin
    -- The path is that of whoever made the functions, whatever path a caller has.
    execute format('alter function move_records() set search_path = %I', current_schema());
    execute format('alter function comments_saying(text, integer) set search_path = %I, public', current_schema());
    execute format('alter function findings_saying(text, integer) set search_path = %I, public', current_schema());
    execute format('alter function entity_names_like(text, text[], integer) set search_path = %I, public', current_schema());
end
$$;
