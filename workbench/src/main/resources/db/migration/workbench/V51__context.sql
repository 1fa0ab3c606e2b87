-- What a customer's people say about their own accounts, hosts and addresses: labels such as "Backup servers", with why and
-- until when.
create table context_label (
    id              uuid primary key,
    organization_id uuid not null references organization on delete cascade,
    title           text not null,
    -- In lower case, as conditions name it.
    key             text not null,
    reason          text not null,
    -- When it stops being true, by the clock; null for never.
    ends_at         timestamptz,
    revision        integer not null,
    created_at      timestamptz not null,
    created_by      text not null,
    created_by_id   uuid,
    updated_at      timestamptz not null,
    updated_by      text not null,
    updated_by_id   uuid,
    unique (organization_id, key)
);
create index context_label_created on context_label (created_at, id);

create table context_value (
    label_id        uuid not null references context_label on delete cascade,
    organization_id uuid not null references organization on delete cascade,
    -- username, hostname, ip_address or cidr_block
    kind            text not null,
    -- In lower case.
    value           text not null,
    -- Of an address or a block: what is inside of it has the label, however it is written.
    block           inet,
    primary key (label_id, kind, value)
);
create index context_value_organization on context_value (organization_id, kind, value);
create index context_value_value on context_value (value);
create index context_value_block on context_value using gist (block inet_ops) where block is not null;

-- It stays when the label is removed.
create table context_label_history (
    id              bigint generated always as identity primary key,
    label_id        uuid not null,
    organization_id uuid not null references organization on delete cascade,
    at              timestamptz not null,
    action          text not null,
    actor_kind      text not null,
    actor_id        uuid,
    actor_name      text not null,
    revision        integer not null,
    value           jsonb not null
);
create index context_label_history_label on context_label_history (label_id, id desc);
create index context_label_history_organization on context_label_history (organization_id, id);

-- The labels of what an alert names, as they stand now; the spellings of a name are those of context.Labels. For people of one
-- organization, too, from indexes that row-level security would keep from them.
create function labels_of_alert(alert uuid, organization uuid) returns setof uuid language sql stable security definer rows 5 as $$
    with named as (
        select distinct e.kind, lower(e.name) as name
        from alert_vendor_alert m
        join vendor_alert_entity e on e.tenant_id = m.tenant_id and e.alert_id = m.vendor_alert_id
        where m.alert_id = alert and e.kind in ('account', 'host', 'ip_address')
          and (scope_is_all() or organization = (select scope_organization()))
    ), spelt as (
        select 'username' as kind, s.name from named n,
               unnest(array[n.name, regexp_replace(n.name, '^.*\\', ''), split_part(n.name, '@', 1)]) as s (name)
        where n.kind = 'account'
        union
        select 'hostname', s.name from named n, unnest(array[n.name, split_part(n.name, '.', 1)]) as s (name) where n.kind = 'host'
    ), found as (
        select v.label_id from spelt s
        join context_value v on v.organization_id = organization and v.kind = s.kind and v.value = s.name
        union
        select v.label_id
        from (select case when pg_input_is_valid(name, 'inet') then name::inet end as address from named where kind = 'ip_address') n
        join context_value v on v.organization_id = organization and v.block >>= n.address
    )
    select f.label_id from found f join context_label l on l.id = f.label_id and (l.ends_at is null or l.ends_at > now())
$$;

do $$
declare
    one text;
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function labels_of_alert(uuid, uuid) set search_path = %I', current_schema());
    foreach one in array array['context_label', 'context_value', 'context_label_history'] loop
        execute format('alter table %I enable row level security', one);
        execute format('create policy within_scope on %I to gatehouse_people using (organization_id = (select scope_organization()))',
                       one);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one);
    end loop;
end
$$;
