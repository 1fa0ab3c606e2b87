-- Incidents have a history as alerts do, and an auditor may count it.

create view report.incident_versions as
select v.tenant_id,
       v.id                as incident_id,
       v.updated_at        as microsoft_updated_at,
       v.first_seen_at,
       encode(v.version, 'hex') as content_hash
from incident_version v;

-- A view reads its tables by its owner's rights, but calls functions by the reader's. The reporting role may read no
-- table, so that report.incidents failed for it as soon as one incident was merged.
do $$
begin
    execute format('alter function incident_survivor(uuid, text) security definer set search_path = %I, pg_temp', current_schema());
end
$$;

do $$
begin
    grant select on report.incident_versions to gatehouse_report;
exception
    when undefined_object or insufficient_privilege then
        raise notice 'The role gatehouse_report was not given report.incident_versions: %', sqlerrm;
end
$$;
