-- What a customer's people want to be known about a name, e.g. "svc-backup": shown where an alert has it, until a day if need be.
create table note (
    id              uuid primary key,
    organization_id uuid not null references organization on delete cascade,
    term            text not null,
    -- In lower case, as names are compared.
    key             text not null,
    note            text not null,
    ends_at         timestamptz,
    revision        integer not null,
    created_at      timestamptz not null,
    created_by      text not null,
    created_by_id   uuid,
    updated_at      timestamptz not null,
    updated_by      text not null,
    updated_by_id   uuid
);
create index note_term on note (organization_id, key);
create index note_created on note (created_at, id);

alter table note enable row level security;
create policy within_scope on note to gatehouse_people using (organization_id = (select scope_organization()));
create policy everything on note to gatehouse_soc using (true);

-- Notes have the same history as labels.
alter table context_label_history rename to context_history;
alter table context_history rename column label_id to subject_id;
alter table context_history add column subject text not null default 'LABEL';
alter table context_history alter column subject drop default;
alter index context_label_history_label rename to context_history_subject;
alter index context_label_history_organization rename to context_history_organization;
