-- Alerts whose runbook has not been run to its end, written in the transaction that makes the alert.
create table runbook_due (
    alert_id  uuid primary key references alert,
    tenant_id uuid not null references tenant,
    since     timestamptz not null,
    -- Steps of the runbook that were run, or could not be.
    done      text[] not null default '{}'
);
create index runbook_due_order on runbook_due (tenant_id, since);

alter table runbook_due enable row level security;
create policy within_scope on runbook_due to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));
create policy everything on runbook_due to gatehouse_soc using (true);
