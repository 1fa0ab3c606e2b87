-- What the first screens need. Times are UTC. Microsoft's timestamps have up to seven fractional digits and PostgreSQL
-- keeps six: typed columns are cut (never rounded up), the original keeps all.

create table security_device (
    id              uuid primary key,
    name            text        not null,
    location        text        not null,
    directory_id    uuid        not null,
    application_id  uuid        not null,
    cloud           text        not null,
    sealed_secret   bytea       not null, -- AES-256-GCM, see workbench.secrets; the key is not in the database
    console_access  text        not null default 'set_up_later',
    enabled         boolean     not null default true,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz           -- a deleted device is hidden; its alerts stay
);
-- One device a directory: two would read, and count, every alert twice.
create unique index security_device_directory on security_device (directory_id) where deleted_at is null;

create table security_device_history (
    id         bigint generated always as identity primary key,
    device_id  uuid        not null references security_device,
    action     text        not null check (action in ('CREATED', 'UPDATED', 'UPDATED_SECRETS', 'ENABLED', 'DISABLED', 'DELETED')),
    detail     text        not null,
    actor      text        not null,
    at         timestamptz not null
);
create index security_device_history_device on security_device_history (device_id, at desc);

-- One row per device and feed: how far it has been read, and how it is doing.
create table feed (
    device_id        uuid   not null references security_device,
    feed             text   not null,          -- model.Feed.key()
    watermark        timestamptz,              -- everything before it is stored; null until the first page
    last_poll_at     timestamptz,              -- last attempt
    last_success_at  timestamptz,              -- last attempt that Microsoft answered with a page
    last_data_at     timestamptz,              -- last time a new record or version was stored
    next_poll_at     timestamptz,
    working_since    timestamptz,              -- start of the present run of successes; null while it fails
    second_look_at   timestamptz,              -- last completed second look
    trouble          text,                     -- model.Trouble.key(); null when the last attempt succeeded
    trouble_since    timestamptz,
    trouble_cause    text,
    trouble_cure     text,
    trouble_code     text,
    trouble_status   integer,
    trouble_request  text,
    failures         integer not null default 0, -- in a row
    records          bigint  not null default 0, -- distinct records stored
    versions         bigint  not null default 0, -- distinct versions stored
    unreadable       bigint  not null default 0,
    left_out         bigint  not null default 0, -- distinct alerts of other products, not stored
    primary key (device_id, feed)
);

create table alert (
    tenant_id        uuid        not null,
    id               text        not null,
    provider_id      text        not null,
    incident_id      text        not null,
    title            text        not null,
    severity         text        not null,      -- as Microsoft wrote it
    severity_rank    smallint    not null,      -- 0 unknown .. 4 high, for sorting
    status           text        not null,
    classification   text        not null,
    determination    text        not null,
    category         text        not null,
    service_source   text        not null,
    detection_source text        not null,
    detector_id      text        not null,
    assigned_to      text        not null,
    techniques       text[]      not null,
    created_at       timestamptz not null,      -- by Microsoft
    updated_at       timestamptz not null,      -- by Microsoft
    first_activity   timestamptz,
    last_activity    timestamptz,
    version          bytea       not null,      -- the current alert_version
    versions         integer     not null,
    first_seen_at    timestamptz not null,      -- by us
    last_changed_at  timestamptz not null,      -- by us
    primary key (tenant_id, id)
);
create index alert_updated on alert (updated_at desc, tenant_id, id);
create index alert_created on alert (created_at desc, tenant_id, id);
create index alert_severity on alert (severity_rank desc, created_at desc);
create index alert_incident on alert (tenant_id, incident_id);

create table alert_version (
    tenant_id     uuid        not null,
    id            text        not null,
    version       bytea       not null,         -- SHA-256 of the canonical JSON
    updated_at    timestamptz not null,         -- Microsoft's lastUpdateDateTime
    first_seen_at timestamptz not null,
    original      bytea       not null,         -- deflated, see workbench.store.Compressed
    primary key (tenant_id, id, version),
    foreign key (tenant_id, id) references alert deferrable initially deferred
);

-- The accounts, hosts and addresses that people search alerts by; always those of the current version.
create table alert_entity (
    tenant_id uuid not null,
    alert_id  text not null,
    kind      text not null,                    -- model.EntityKind in small letters
    name      text not null,
    roles     text[] not null,
    primary key (tenant_id, alert_id, kind, name),
    foreign key (tenant_id, alert_id) references alert (tenant_id, id) deferrable initially deferred
);
create index alert_entity_name on alert_entity (lower(name) text_pattern_ops);

create table incident (
    tenant_id       uuid        not null,
    id              text        not null,
    display_name    text        not null,
    severity        text        not null,
    severity_rank   smallint    not null,
    status          text        not null,
    classification  text        not null,
    determination   text        not null,
    redirect_id     text        not null,       -- where it was merged into; '' when it was not
    assigned_to     text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    version         bytea       not null,
    versions        integer     not null,
    first_seen_at   timestamptz not null,
    last_changed_at timestamptz not null,
    primary key (tenant_id, id)
);
create index incident_updated on incident (updated_at desc, tenant_id, id);

create table incident_version (
    tenant_id     uuid        not null,
    id            text        not null,
    version       bytea       not null,
    updated_at    timestamptz not null,
    first_seen_at timestamptz not null,
    original      bytea       not null,
    primary key (tenant_id, id, version),
    foreign key (tenant_id, id) references incident deferrable initially deferred
);

create table hunting_row (
    tenant_id     uuid        not null,
    feed          text        not null,
    version       bytea       not null,         -- SHA-256 of the canonical JSON: the row's identity
    timestamp     timestamptz not null,
    action_type   text        not null,
    account_name  text        not null,
    account_upn   text        not null,
    device_name   text        not null,
    ip_address    text        not null,
    target        text        not null,
    report_id     text        not null,
    first_seen_at timestamptz not null,
    original      bytea       not null,
    primary key (tenant_id, feed, version)
);
create index hunting_row_time on hunting_row (tenant_id, feed, timestamp desc);

-- Records that came but could not be understood. They are kept so that a better parser can read them again.
create table unreadable_record (
    tenant_id     uuid        not null,
    feed          text        not null,
    digest        bytea       not null,         -- SHA-256 of the bytes
    reason        text        not null,
    first_seen_at timestamptz not null,
    original      bytea       not null,
    primary key (tenant_id, feed, digest)
);

-- Alerts of other products in the same tenant: counted, so that nobody wonders where they are, but not kept.
create table left_out_alert (
    tenant_id      uuid        not null,
    id             text        not null,
    service_source text        not null,
    first_seen_at  timestamptz not null,
    primary key (tenant_id, id)
);

-- One row per request: what was asked, what came, what became of it. Kept for a while, see the configuration.
create table poll (
    id            bigint generated always as identity primary key,
    device_id     uuid        not null references security_device,
    feed          text        not null,
    at            timestamptz not null,
    window_from   timestamptz not null,
    window_to     timestamptz not null,
    took_ms       integer     not null,
    bytes         bigint      not null,
    new_records   integer     not null,
    new_versions  integer     not null,
    same          integer     not null,
    unreadable    integer     not null,
    left_out      integer     not null,
    trouble       text,
    request_id    text
);
create index poll_device on poll (device_id, feed, at desc);
create index poll_at on poll (at);

create table account (
    id            uuid primary key,
    email         text        not null,
    display_name  text        not null,
    password_hash text        not null,
    role          text        not null check (role in ('organization_admin', 'organization_analyst')),
    created_at    timestamptz not null,
    last_login_at timestamptz
);
create unique index account_email on account (lower(email));

create table api_token (
    id           uuid primary key,
    name         text        not null,
    role         text        not null check (role in ('organization_admin', 'organization_analyst')),
    token_hash   bytea       not null unique,   -- SHA-256; tokens are random, so no salt is needed
    created_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
