-- Moments that the time metrics of Dashboards > Time Metrics measure to, kept from the first time on, and the times themselves.

alter table alert add column first_investigated_at timestamptz;
-- When it was first assigned to an organization.
alter table alert add column first_organization_at timestamptz;
update alert a set first_investigated_at = h.at
from (select alert_id, min(at) as at from alert_history where action = 'INVESTIGATING' group by alert_id) h
where h.alert_id = a.id;
update alert set first_organization_at = updated_at where assignee_kind = 'organization';

create function note_alert_moments() returns trigger language plpgsql as $$
begin
    if new.investigation_id is not null then
        new.first_investigated_at := coalesce(new.first_investigated_at, new.updated_at);
    end if;
    if new.assignee_kind = 'organization' then
        new.first_organization_at := coalesce(new.first_organization_at, new.updated_at);
    end if;
    return new;
end
$$;
create trigger alert_moments before insert or update on alert for each row
    when (new.investigation_id is not null and new.first_investigated_at is null
          or new.assignee_kind = 'organization' and new.first_organization_at is null)
    execute function note_alert_moments();

-- In seconds; null while there is nothing to measure (least() passes over nulls, so that it is asked for), and for what Gatehouse closed at once.
alter table alert
    add column detect_seconds integer generated always as (
        case when first_closed_at is distinct from created_at and coalesce(close_reason, '') not like 'SUPPRESSED%'
                  and first_activity <= created_at
             then least(extract(epoch from created_at - first_activity), 2147483647)::integer end) stored,
    add column triage_seconds integer generated always as (
        case when first_closed_at is distinct from created_at and coalesce(close_reason, '') not like 'SUPPRESSED%'
                  and first_worked_at is not null
             then least(extract(epoch from first_worked_at - created_at), 2147483647)::integer end) stored,
    add column decide_seconds integer generated always as (
        case when first_closed_at is distinct from created_at and coalesce(close_reason, '') not like 'SUPPRESSED%'
                  and coalesce(first_closed_at, first_investigated_at) is not null
             then least(extract(epoch from least(first_closed_at, first_investigated_at) - created_at), 2147483647)::integer
        end) stored;
create index alert_times on alert (created_at)
    include (tenant_id, severity_rank, detect_seconds, triage_seconds, decide_seconds);

-- Since when its lead alert is there, when it was first promoted, and when something was first to be remedied.
alter table investigation add column alerted_at timestamptz;
alter table investigation add column first_promoted_at timestamptz;
alter table investigation add column first_remediation_at timestamptz;
update investigation i set
    alerted_at = (select created_at from alert a where a.id = i.lead_alert_id),
    first_promoted_at = coalesce((select min(at) from investigation_history h where h.investigation_id = i.id and h.is_incident),
                                 case when i.is_incident then i.incident_changed_at end),
    first_remediation_at = (select min(created_at) from remediation_action r where r.investigation_id = i.id);

create function note_investigation_moments() returns trigger language plpgsql as $$
begin
    new.alerted_at := (select created_at from alert where id = new.lead_alert_id);
    if new.is_incident then
        new.first_promoted_at := coalesce(new.first_promoted_at, new.incident_changed_at, new.updated_at);
    end if;
    return new;
end
$$;
create trigger investigation_moments before insert or update of lead_alert_id, is_incident on investigation for each row
    execute function note_investigation_moments();

create function note_first_remediation() returns trigger language plpgsql as $$
begin
    update investigation set first_remediation_at = new.created_at
    where id = new.investigation_id and first_remediation_at is null;
    return null;
end
$$;
create trigger first_remediation after insert on remediation_action for each row execute function note_first_remediation();

-- In seconds; null while there is nothing to measure.
alter table investigation
    add column investigate_seconds integer generated always as (
        case when first_closed_at is not null
             then least(extract(epoch from first_closed_at - created_at), 2147483647)::integer end) stored,
    add column acknowledge_seconds integer generated always as (
        case when alerted_at <= first_promoted_at
             then least(extract(epoch from first_promoted_at - alerted_at), 2147483647)::integer end) stored,
    add column respond_seconds integer generated always as (
        case when alerted_at <= first_remediation_at
             then least(extract(epoch from first_remediation_at - alerted_at), 2147483647)::integer end) stored;
create index investigation_times on investigation (created_at)
    include (organization_id, severity_rank, investigate_seconds, acknowledge_seconds, respond_seconds);

do $$
begin
    execute format('alter function note_alert_moments() set search_path = %I', current_schema());
    execute format('alter function note_investigation_moments() set search_path = %I', current_schema());
    execute format('alter function note_first_remediation() set search_path = %I', current_schema());
end
$$;
