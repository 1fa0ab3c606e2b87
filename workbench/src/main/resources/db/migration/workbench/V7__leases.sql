-- Several processes on one database share the devices: whoever holds a device's lease works on it, and nobody else. All
-- times in these two tables are the database's own, so that no process's clock matters.

create table process (
    id          uuid primary key,            -- drawn at every start
    name        text        not null,        -- host and process number
    host        text        not null,
    version     text        not null,
    started_at  timestamptz not null,
    seen_at     timestamptz not null,
    alive_until timestamptz not null         -- taken for dead from then on, unless it is seen again
);

create table lease (
    device_id  uuid primary key references security_device,
    process_id uuid,                         -- who holds it; null once it was given back
    epoch      bigint      not null default 0, -- grows whenever it passes to a process: what was begun before is void
    since      timestamptz,
    until      timestamptz not null
);
create index lease_process on lease (process_id);
