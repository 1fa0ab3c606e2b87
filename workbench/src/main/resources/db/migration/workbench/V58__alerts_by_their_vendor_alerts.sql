-- What alerts are searched by lies with each of their vendor alerts, where it is written once: a text of all of them was written anew
-- whenever one joined, with some hundred entries in its index. Where the text is found in very many alerts, the names of accounts,
-- hosts and addresses are asked, which stand there once already, and the titles of vendor alerts.
alter table alert_vendor_alert add column search text not null default '';
update alert_vendor_alert m
set search = left(concat_ws(E'\n', m.vendor_alert_id, m.facts ->> 'title',
                            (select string_agg(e.name, E'\n') from vendor_alert_entity e
                             where e.tenant_id = m.tenant_id and e.alert_id = m.vendor_alert_id)), 20000);

-- What alerts are called, apart from the rest: whoever changes an alert need not write the entries of its name again.
create table alert_name (
    alert_id  uuid primary key,
    tenant_id uuid not null,
    name      text not null
);
insert into alert_name (alert_id, tenant_id, name) select id, tenant_id, name from alert;
create index alert_name_search on alert_name using gin (name gin_trgm_ops);

alter table alert_name enable row level security;
create policy within_scope on alert_name to gatehouse_people using (tenant_id in (
    select t.tenant_id from tenant t where t.organization_id = (select scope_organization())));
create policy everything on alert_name to gatehouse_soc using (true);

drop function alerts_like(text);
drop table alert_text;

create function alerts_like(pattern text, exactly text) returns setof uuid
    language plpgsql stable security definer rows 1000 as $$
begin
    return query
    select n.alert_id from alert_name n
    where n.name ilike pattern and (scope_is_all() or n.tenant_id = any ((select scope_tenants())::uuid[]))
    union
    select m.alert_id
    from vendor_alerts_like(pattern, exactly) v
    join alert_vendor_alert m on m.tenant_id = v.tenant_id and m.vendor_alert_id = v.id;
end
$$;
do $$
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function alerts_like(text, text) set search_path = %I, public', current_schema());
end
$$;

-- Written by the one class that writes the alert, in the same transaction, and no alert is ever deleted. Checking that was one look a
-- row.
alter table alert_vendor_alert drop constraint alert_vendor_alert_alert_id_fkey;
alter table alert_history drop constraint alert_history_alert_id_fkey;

-- Most names are there already: looking is cheaper than trying to write them.
create or replace function add_entity_names() returns trigger language plpgsql security definer as $$
begin
    insert into entity_name (tenant_id, kind, name)
    select a.tenant_id, a.kind, a.name from (select distinct tenant_id, kind, name from added) a
    where not exists (select from entity_name n where n.tenant_id = a.tenant_id and n.kind = a.kind and n.name = a.name)
    on conflict do nothing;
    return null;
end
$$;
do $$
begin
    execute format('alter function add_entity_names() set search_path = %I', current_schema());
end
$$;
