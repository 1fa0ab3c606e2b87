-- What follows for new alerts whose evidence has a label.
create table context_label_action (
    id                   uuid primary key,
    label_id             uuid not null references context_label on delete cascade,
    organization_id      uuid not null references organization on delete cascade,
    -- ALERT_ON, ADD_TO or SUPPRESS
    action_type          text not null,
    -- Of ADD_TO: where alerts are added, and what it is called. It may be closed, or gone, by the time that an alert comes.
    investigation_id     uuid,
    investigation_number text,
    -- Ids of detection rules; none: of any.
    rules                text[] not null,
    -- CRITICAL HIGH MEDIUM LOW TESTING TUNING; none: of any.
    severities           text[] not null,
    -- Its place among those of its label.
    place                integer not null,
    created_at           timestamptz not null,
    created_by           text not null,
    created_by_id        uuid,
    updated_at           timestamptz not null,
    updated_by           text not null,
    updated_by_id        uuid
);
create index context_label_action_label on context_label_action (label_id, place);
create index context_label_action_organization on context_label_action (organization_id);
create index context_label_action_created on context_label_action (created_at, id);

alter table context_label_action enable row level security;
create policy within_scope on context_label_action to gatehouse_people using (organization_id = (select scope_organization()));
create policy everything on context_label_action to gatehouse_soc using (true);
