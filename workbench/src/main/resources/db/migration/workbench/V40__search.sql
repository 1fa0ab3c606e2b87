-- Each account, host, address and so on once by its directory, so that a search looks at names and not at all the vendor alerts
-- that name them. A name stays when no vendor alert has it any more; who lists names asks vendor_alert_entity.
create table entity_name (
    tenant_id uuid not null references tenant,
    kind      text not null,
    name      text not null,
    primary key (tenant_id, kind, name)
);

insert into entity_name (tenant_id, kind, name) select distinct tenant_id, kind, name from vendor_alert_entity;

-- For names that contain a text of three letters or more, and for those that begin with a shorter one.
create index entity_name_contains on entity_name using gin (lower(name) gin_trgm_ops);
create index entity_name_begins on entity_name (lower(name) text_pattern_ops);
-- Which vendor alerts name one of them.
create index vendor_alert_entity_of_name on vendor_alert_entity (tenant_id, kind, name);
-- Vendor incidents are asked for by Microsoft's number alone.
create index vendor_incident_id on vendor_incident (id);

-- In the transaction that stores the vendor alert.
create function add_entity_names() returns trigger language plpgsql security definer as $$
begin
    insert into entity_name (tenant_id, kind, name)
    select distinct tenant_id, kind, name from added
    on conflict do nothing;
    return null;
end
$$;
create trigger entity_name after insert on vendor_alert_entity referencing new table as added
for each statement execute function add_entity_names();

do $$
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function add_entity_names() set search_path = %I', current_schema());
end
$$;

alter table entity_name enable row level security;
create policy within_scope on entity_name to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));
create policy everything on entity_name to gatehouse_soc using (true);

-- What people wrote about an investigation, by its words in any language.
create index investigation_comment_words on investigation_comment using gin (to_tsvector('simple', comment));
create index investigation_finding_words on investigation_finding using gin (to_tsvector('simple', title || ' ' || finding));
create index investigation_comment_organization on investigation_comment (organization_id);
create index investigation_finding_organization on investigation_finding (organization_id);

-- Lists that somebody wants to come back to: their address, with filters, sorting and range. A view belongs to one account,
-- whatever organization that account looks at.
create table saved_view (
    id         uuid primary key,
    account_id uuid not null references account on delete cascade,
    name       text not null,
    address    text not null,
    created_at timestamptz not null,
    unique (account_id, name)
);
