-- The setup guide as a living page: one set-up for each customer's directory, how far each point of the guide has got,
-- and what analysts' access to Microsoft's consoles is. No token and no secret is in here.

create table tenant_setup (
    id             uuid primary key,
    name           text        not null, -- the customer
    directory_id   uuid        not null,
    organization   text        not null, -- the organization GUID that the guest account is named after
    cloud          text        not null,
    device_name    text        not null, -- of the security device that the secret goes into
    location       text        not null,
    adopted_id     uuid,                 -- an app registration to use in place of a new one, because somebody said so
    application_id uuid,                 -- the app registration in use, as far as it is known
    running_by     text,                 -- who is signing in or carrying a plan out; null when nobody is
    running_until  timestamptz,          -- by the database's clock; the process at work moves it on as long as it lives
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    deleted_at     timestamptz
);
-- One for each directory: two would carry out two plans in one tenant.
create unique index tenant_setup_directory on tenant_setup (directory_id) where deleted_at is null;

create table tenant_setup_point (
    setup_id   uuid        not null references tenant_setup,
    point      text        not null, -- onboard.Point.key()
    state      text        not null check (state in ('confirmed', 'open', 'unknown')),
    reason     text        not null, -- why it is not confirmed; empty when it is
    checked_at timestamptz not null,
    checked_by text        not null,
    primary key (setup_id, point)
);

create table tenant_setup_history (
    id       bigint generated always as identity primary key,
    setup_id uuid        not null references tenant_setup,
    action   text        not null,
    detail   text        not null,
    actor    text        not null,
    at       timestamptz not null
);
create index tenant_setup_history_setup on tenant_setup_history (setup_id, at desc);

-- By directory and not by device, since the guest account is often there before the device is.
create table console_access (
    directory_id uuid primary key,
    state        text        not null check (state in ('set_up_later', 'invited', 'redeemed', 'active', 'failed')),
    reason       text        not null, -- what is missing, or why it failed; empty when nothing is
    checked_at   timestamptz not null
);
