-- Investigations and incidents. An incident is an investigation that was promoted: the same row, id and number.

-- The last number of each organization. Whoever opens an investigation locks this row until the end of the transaction, so
-- that numbers have neither gaps nor doubles.
create table investigation_number (
    organization_id uuid primary key references organization,
    last_number     integer not null
);

create table investigation (
    id                   uuid primary key,
    organization_id      uuid not null references organization,
    number               integer not null,
    -- The organization's short name when it was opened, and the number: ACME-12.
    short_link           text not null,
    title                text not null,
    lead_alert_id        uuid references alert,
    -- Open while it is null.
    decision             text,
    close_comment        text not null default '',
    is_incident          boolean not null default false,
    incident_changed_at  timestamptz,
    incident_changed_by  text,
    is_downgrade         boolean not null default false,
    downgrade_reason     text not null default '',
    assignee_kind        text,
    assignee_id          uuid,
    assignee_name        text,
    analyst_severity     text not null default '',
    -- CRITICAL 5, HIGH 4, MEDIUM 3, LOW 2, INFO 1, none 0
    severity_rank        smallint not null default 0,
    attack_lifecycle     text not null default '',
    attack_vector        text not null default '',
    attack_timing        text not null default '',
    threat_type          text not null default '',
    detection_type       text not null default '',
    source_reason        text not null default '',
    is_surge             text not null default '',
    next_steps           text not null default '',
    open_summary         text not null default '',
    lead_description     text not null default '',
    critical_comment     text not null default '',
    review_requested_at  timestamptz,
    support_requested_at timestamptz,
    published_at         timestamptz,
    created_by           text not null,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    status_changed_at    timestamptz not null,
    first_closed_at      timestamptz,
    closed_at            timestamptz,
    -- How many alerts are in it, kept in the transaction that puts them in and takes them out.
    alerts               integer not null,
    -- Goes up with each change of this row.
    revision             integer not null,
    -- What it is searched by: short link, title and the names of its alerts.
    search               text not null,
    unique (organization_id, number)
);
create index investigation_short_link on investigation (short_link);
create index investigation_created on investigation (created_at desc, id desc);
create index investigation_organization_created on investigation (organization_id, created_at desc, id desc);
create index investigation_updated on investigation (updated_at desc, id desc);
create index investigation_severity on investigation (severity_rank desc, created_at desc, id desc);
create index investigation_open on investigation (organization_id, created_at desc, id desc) where decision is null;
create index investigation_open_created on investigation (created_at desc, id desc) where decision is null;
create index investigation_assignee on investigation (assignee_id, created_at desc) where assignee_id is not null;
create index investigation_lead on investigation (lead_alert_id) where lead_alert_id is not null;
create index investigation_search on investigation using gin (search gin_trgm_ops);

-- How many investigations there are, kept in the transaction that changes them.
create table investigation_count (
    organization_id uuid not null references organization,
    is_incident     boolean not null,
    is_open         boolean not null,
    investigations  bigint not null,
    primary key (organization_id, is_incident, is_open)
);

-- Questions and answers.
create table investigation_finding (
    id               uuid primary key,
    organization_id  uuid not null references organization,
    investigation_id uuid not null references investigation,
    rank             integer not null,
    title            text not null,
    finding          text not null,
    created_by       text not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    deleted_at       timestamptz,
    revision         integer not null
);
create index investigation_finding_investigation on investigation_finding (investigation_id, rank);

create table investigation_comment (
    id               uuid primary key,
    organization_id  uuid not null references organization,
    investigation_id uuid not null references investigation,
    comment          text not null,
    created_by_id    uuid,
    created_by       text not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    deleted_at       timestamptz,
    revision         integer not null
);
create index investigation_comment_investigation on investigation_comment (investigation_id, created_at);

-- What people put on the timeline by hand.
create table timeline_entry (
    id               uuid primary key,
    organization_id  uuid not null references organization,
    investigation_id uuid not null references investigation,
    event_date       timestamptz not null,
    event            text not null,
    event_type       text not null,
    source_host      text not null,
    destination_host text not null,
    attack_phase     text not null,
    comment          text not null,
    is_selected      boolean not null,
    created_by       text not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    deleted_at       timestamptz,
    revision         integer not null
);
create index timeline_entry_investigation on timeline_entry (investigation_id, event_date);

-- Steps of an investigation, which have its organization_id, or of an alert alone, which have its tenant_id.
create table investigative_action (
    id                    uuid primary key,
    organization_id       uuid references organization,
    investigation_id      uuid references investigation,
    tenant_id             uuid references tenant,
    alert_id              uuid references alert,
    action_type           text not null,
    status                text not null,
    title                 text not null,
    reason                text not null default '',
    instructions          text not null default '',
    results               text not null default '',
    classification        text,
    assignee_kind         text,
    assignee_id           uuid,
    assignee_name         text,
    -- The customer's answer to VERIFY; null while there is none.
    activity_authorized   boolean,
    activity_verified_by  text not null default '',
    answered_at           timestamptz,
    answer_comment        text not null default '',
    -- A query that was run by a runbook: what was asked, and what came of it.
    query                 text not null default '',
    parameters            jsonb not null default '{}',
    -- {"columns": [...], "rows": [[...]]}, not more than 256 kB; row_count counts those that were cut off, too.
    result_table          jsonb check (octet_length(result_table::text) <= 524288),
    row_count             integer,
    sentence              text not null default '',
    -- Why it was not run, or failed.
    failure               text not null default '',
    started_at            timestamptz,
    ended_at              timestamptz,
    created_by            text not null,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    closed_at             timestamptz,
    revision              integer not null,
    check ((investigation_id is null) = (organization_id is null)),
    check ((alert_id is null) = (tenant_id is null)),
    check (num_nonnulls(investigation_id, alert_id) = 1)
);
create index investigative_action_investigation on investigative_action (investigation_id, created_at)
    where investigation_id is not null;
create index investigative_action_alert on investigative_action (alert_id, created_at) where alert_id is not null;

-- What the customer, or an automation, has to do.
create table remediation_action (
    id               uuid primary key,
    organization_id  uuid not null references organization,
    investigation_id uuid not null references investigation,
    action_type      text not null,
    status           text not null,
    title            text not null,
    detail           text not null,
    comment          text not null,
    assignee_kind    text,
    assignee_id      uuid,
    assignee_name    text,
    created_by       text not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    completed_at     timestamptz,
    deleted_at       timestamptz,
    revision         integer not null
);
create index remediation_action_investigation on remediation_action (investigation_id, created_at);

create table remediation_asset (
    id                    uuid primary key,
    organization_id       uuid not null references organization,
    remediation_action_id uuid not null references remediation_action,
    asset_type            text not null,
    value                 text not null,
    status                text not null,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    unique (remediation_action_id, asset_type, value)
);

-- What happened to an investigation and to everything in it, written in the transaction that does it.
create table investigation_history (
    id               bigint generated always as identity primary key,
    organization_id  uuid,
    investigation_id uuid references investigation,
    tenant_id        uuid,
    alert_id         uuid references alert,
    -- INVESTIGATION FINDING COMMENT TIMELINE_ENTRY INVESTIGATIVE_ACTION REMEDIATION_ACTION, and which of them
    subject          text not null,
    subject_id       uuid not null,
    at               timestamptz not null,
    action           text not null,
    is_incident      boolean not null,
    actor_kind       text not null,
    actor_id         uuid,
    actor_name       text not null,
    -- Of the subject, after it.
    revision         integer not null,
    value            jsonb not null,
    check ((investigation_id is null) = (organization_id is null)),
    check ((alert_id is null) = (tenant_id is null)),
    check (num_nonnulls(investigation_id, alert_id) = 1)
);
create index investigation_history_investigation on investigation_history (investigation_id, id)
    where investigation_id is not null;
create index investigation_history_subject on investigation_history (subject_id, id);
create index investigation_history_alert on investigation_history (alert_id, id) where alert_id is not null;

do $$
declare
    one record;
    of_organization constant text := 'organization_id = (select scope_organization())';
    of_either constant text := of_organization || ' or tenant_id = any ((select scope_tenants())::uuid[])';
begin
    for one in
        select * from (values
            ('investigation_number',  of_organization),
            ('investigation',         of_organization),
            ('investigation_count',   of_organization),
            ('investigation_finding', of_organization),
            ('investigation_comment', of_organization),
            ('timeline_entry',        of_organization),
            ('investigative_action',  of_either),
            ('remediation_action',    of_organization),
            ('remediation_asset',     of_organization),
            ('investigation_history', of_either)
        ) as policies (name, condition)
    loop
        execute format('alter table %I enable row level security', one.name);
        execute format('create policy within_scope on %I to gatehouse_people using (%s)', one.name, one.condition);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one.name);
    end loop;
end
$$;
