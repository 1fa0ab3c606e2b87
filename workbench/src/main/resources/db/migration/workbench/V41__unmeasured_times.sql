-- "least" passes over nulls, so what nobody has done yet took the longest time that there is. Here it is not measured.

alter table alert
    drop column triage_seconds,
    add column triage_seconds integer generated always as (
        case when first_closed_at is distinct from created_at and coalesce(close_reason, '') not like 'SUPPRESSED%'
                  and first_worked_at is not null
             then least(extract(epoch from first_worked_at - created_at), 2147483647)::integer end) stored;
create index alert_times on alert (created_at)
    include (tenant_id, severity_rank, detect_seconds, triage_seconds, decide_seconds);

alter table investigation
    drop column investigate_seconds,
    add column investigate_seconds integer generated always as (
        case when first_closed_at is not null
             then least(extract(epoch from first_closed_at - created_at), 2147483647)::integer end) stored;
create index investigation_times on investigation (created_at)
    include (organization_id, severity_rank, investigate_seconds, acknowledge_seconds, respond_seconds);
