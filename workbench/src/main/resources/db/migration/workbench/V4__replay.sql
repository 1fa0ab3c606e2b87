-- Reading ranges of the past again, newest first; the history of a new device is read the same way.

-- Where the complete stretch that ends at the watermark begins. What lies before it is a backfill's business.
alter table feed add column read_from timestamptz;

create table replay (
    id            uuid primary key,
    device_id     uuid        not null references security_device,
    tenant_id     uuid        not null,      -- the directory when it was asked for; with another one it is void
    feed          text        not null,      -- model.Feed.key()
    purpose       text        not null check (purpose in ('backfill', 'request')),
    range_from    timestamptz not null,
    range_to      timestamptz not null check (range_to > range_from),
    position      timestamptz not null,      -- everything of the range from here on is stored
    reached       timestamptz,               -- and of the slice before the position, everything before this
    state         text        not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    requested_by  text        not null,
    requested_at  timestamptz not null,
    started_at    timestamptz,
    finished_at   timestamptz,
    next_at       timestamptz,               -- not to be tried before; null when it may go on at once
    pages         bigint      not null default 0,
    new_records   bigint      not null default 0,
    new_versions  bigint      not null default 0,
    same          bigint      not null default 0,
    unreadable    bigint      not null default 0,
    left_out      bigint      not null default 0,
    failures      integer     not null default 0, -- in a row
    trouble       text,                      -- model.Trouble.key(); null when the last attempt succeeded
    trouble_cause text,
    trouble_cure  text,
    trouble_request text
);
create unique index replay_backfill on replay (device_id, tenant_id, feed) where purpose = 'backfill';
create index replay_device on replay (device_id, requested_at desc);
create index replay_open on replay (device_id) where state in ('queued', 'running');
