-- Records that came and could not be understood are shown to people, and tried again when a later release reads more.

alter table unreadable_record
    add column id             uuid        not null default gen_random_uuid(),
    add column request_id     text,                          -- Microsoft's name for the request that brought it
    add column parser_version integer     not null default 0, -- the last that could not read it; 0 when it is to be tried again
    add column begun          integer     not null default 0, -- how often a try of it has begun that did not come to its end
    add column attempts       integer     not null default 1,
    add column last_tried_at  timestamptz,
    add column bytes          integer,                       -- how long the record is; null for those of earlier releases
    add column beginning      text        not null default ''; -- of its text, at most 2,000 characters

update unreadable_record set last_tried_at = first_seen_at;
alter table unreadable_record alter column last_tried_at set not null;

create unique index unreadable_record_id on unreadable_record (id);
create index unreadable_record_latest on unreadable_record (first_seen_at desc, id);
create index unreadable_record_tenant on unreadable_record (tenant_id, first_seen_at desc, id);
create index unreadable_record_parser on unreadable_record (parser_version, id);

create view report.unreadable_records as
select u.tenant_id,
       d.name          as device_name,
       u.feed,
       u.id            as unreadable_record_id,
       u.reason        as cause,
       u.request_id,
       u.first_seen_at,
       u.last_tried_at,
       u.attempts,
       u.bytes,
       u.beginning     as text
from unreadable_record u
left join security_device d on d.directory_id = u.tenant_id and d.deleted_at is null;

-- As in V2: the role may be missing on somebody else's server.
do $$
begin
    grant select on report.unreadable_records to gatehouse_report;
exception
    when undefined_object or insufficient_privilege then
        raise notice 'The role gatehouse_report could not be given the view: %', sqlerrm;
end
$$;
