-- Files of investigations and of their actions, which have the organization_id of the investigation, or of the actions of an
-- alert alone, which have its tenant_id. The bytes stand in file_chunk.
create table file (
    id                uuid primary key,
    organization_id   uuid references organization,
    investigation_id  uuid references investigation,
    tenant_id         uuid references tenant,
    alert_id          uuid references alert,
    action_id         uuid references investigative_action,
    filename          text not null,
    file_type         text not null,
    meta              jsonb not null check (octet_length(meta::text) <= 65536),
    -- Whose chunks the file's are. While uploaded_at is null, they are still coming, or broke off.
    upload            uuid,
    upload_started_at timestamptz,
    uploaded_at       timestamptz,
    bytes             bigint,
    sha256            text, -- hexadecimal
    content_type      text,
    created_by_id     uuid,
    created_by        text not null,
    updated_by_id     uuid,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    deleted_at        timestamptz,
    revision          integer not null,
    check ((investigation_id is null) = (organization_id is null)),
    check ((alert_id is null) = (tenant_id is null)),
    check (num_nonnulls(investigation_id, alert_id) = 1),
    check (alert_id is null or action_id is not null),
    check ((uploaded_at is null) = (sha256 is null))
);
create index file_investigation on file (investigation_id, created_at) where investigation_id is not null;
create index file_alert on file (alert_id, created_at) where alert_id is not null;
create index file_action on file (action_id, created_at) where action_id is not null;
create index file_created on file (created_at, id);
create index file_sha256 on file (sha256) where sha256 is not null;
create index file_uploading on file (upload_started_at) where uploaded_at is null and upload_started_at is not null;

create table file_chunk (
    file_id         uuid    not null references file on delete cascade,
    upload          uuid    not null,
    number          integer not null,
    organization_id uuid,
    tenant_id       uuid,
    bytes           bytea   not null check (octet_length(bytes) <= 262144),
    primary key (file_id, upload, number)
);
-- Mostly compressed already, and read as a whole.
alter table file_chunk alter column bytes set storage external;

-- The file that says what came of an action.
alter table investigative_action add column result_file_id uuid references file;
create index investigative_action_result_file on investigative_action (result_file_id) where result_file_id is not null;

do $$
declare
    one text;
begin
    foreach one in array array ['file', 'file_chunk'] loop
        execute format('alter table %I enable row level security', one);
        execute format('create policy within_scope on %I to gatehouse_people
            using (organization_id = (select scope_organization()) or tenant_id = any ((select scope_tenants())::uuid[]))', one);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one);
    end loop;
end
$$;
