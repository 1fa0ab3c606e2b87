-- What was done to integrations and to the rules of organizations and of the provider. It stays when they are removed. People's own
-- rules have none: nobody but they can change them.
create table notification_history (
    id              bigint generated always as identity primary key,
    -- INTEGRATION or RULE
    subject         text not null,
    subject_id      uuid not null,
    -- Null for the provider's.
    organization_id uuid references organization on delete cascade,
    at              timestamptz not null,
    -- CREATED, UPDATED, DELETED or TESTED
    action          text not null,
    actor_kind      text not null,
    actor_id        uuid,
    actor_name      text not null,
    revision        integer not null,
    -- {"changes": [{"field": "service_name", "from": "", "to": "Our program"}]}; of a secret neither is known.
    value           jsonb not null
);
create index notification_history_subject on notification_history (subject_id, id desc);
create index notification_history_organization on notification_history (organization_id, id);

alter table notification_history enable row level security;
create policy within_scope on notification_history to gatehouse_people using (organization_id = (select scope_organization()));
create policy everything on notification_history to gatehouse_soc using (true);
