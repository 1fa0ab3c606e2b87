-- What a device signs in with, as far as it may be shown, and how it is replaced before it ends.

alter table security_device
    add column credential            text not null default 'client_secret' check (credential in ('client_secret', 'certificate')),
    add column credential_id         text,        -- Microsoft's id of it (Secret ID); null when nobody told
    add column credential_expires_at timestamptz; -- null when nobody told; never guessed

-- The last replacement of what a device signs in with.
create table rotation (
    device_id uuid        primary key references security_device,
    state     text        not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    actor     text        not null,
    began_at  timestamptz not null,
    ended_at  timestamptz,          -- null while it runs, also when the process ended meanwhile
    detail    text        not null, -- what came of it
    cure      text        not null  -- what to do about a failure; otherwise empty
);

-- What rotations did in a tenant, before and after each order to Microsoft, without secrets (setup.Journal as JSON).
create table rotation_journal (
    tenant_id uuid        primary key,
    journal   text        not null,
    saved_at  timestamptz not null
);
