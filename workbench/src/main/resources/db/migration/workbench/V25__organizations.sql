-- Whose a directory is. A customer is an organization; each directory belongs to exactly one, and with it its devices, its
-- set-up, its records, hunts and windows, which all name the directory or a device of it.

create table organization (
    id         uuid primary key,
    guid       text        not null, -- names the guest account, <guid>@…; people see and copy it
    name       text        not null,
    short_name text        not null check (short_name ~ '^[A-Z][A-Z0-9]{1,9}$'), -- the prefix of its case numbers
    region     text        not null default '',
    notes      text        not null default '',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    number     bigint      generated always as identity -- in the order in which they were added
);
create unique index organization_guid on organization (lower(guid));
create unique index organization_short_name on organization (short_name);

create table tenant (
    tenant_id       uuid primary key,
    organization_id uuid not null references organization
);
create index tenant_organization on tenant (organization_id);

-- What is here already finds its organization without a question: that of its set-up, and the first one otherwise.

insert into organization (id, guid, name, short_name, created_at, updated_at)
select gen_random_uuid(), gen_random_uuid()::text, 'My Organization', 'ORG', now(), now();

with latest as (
    select distinct on (lower(organization)) organization, name, created_at
    from tenant_setup
    order by lower(organization), deleted_at desc nulls first, created_at desc
), numbered as (
    select l.*, row_number() over (order by created_at, organization) as number from latest l
)
insert into organization (id, guid, name, short_name, created_at, updated_at)
select gen_random_uuid(), organization, name, 'ORG' || number, created_at, created_at from numbered;

with home as (
    select short_name = 'ORG' as is_first, id, lower(guid) as guid from organization
), known as (
    select directory_id as tenant_id from security_device
    union select directory_id from tenant_setup
    union select tenant_id from vendor_alert
    union select tenant_id from vendor_incident
    union select tenant_id from hunting_row
    union select tenant_id from unreadable_record
    union select tenant_id from left_out_vendor_alert
    union select tenant_id from reconciliation
    union select tenant_id from quarantined_window
    union select directory_id from console_access
), claimed as (
    select distinct on (directory_id) directory_id, lower(organization) as guid
    from tenant_setup
    order by directory_id, deleted_at desc nulls first, created_at desc
)
insert into tenant (tenant_id, organization_id)
select k.tenant_id, coalesce(h.id, (select id from home where is_first))
from known k
left join claimed c on c.directory_id = k.tenant_id
left join home h on h.guid = c.guid;

alter table security_device
    add foreign key (directory_id) references tenant;
alter table tenant_setup
    add foreign key (directory_id) references tenant;
