-- Who asked which customer's tenant what. The answers are not kept.
create table hunting_query (
    id          uuid primary key,
    device_id   uuid        not null references security_device,
    query       text        not null,
    timespan_ms bigint      not null,
    asked_by    text        not null,
    asked_at    timestamptz not null,
    rows        integer,
    cause       text,
    took_ms     bigint      not null
);
create index hunting_query_asked on hunting_query (asked_at desc);
create index hunting_query_device on hunting_query (device_id);
