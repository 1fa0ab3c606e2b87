-- What alerts are searched by, apart from the rest: whoever closes alerts need not write their texts, and the many entries that
-- each text has in the index, again.
drop index alert_search;
create table alert_text (
    alert_id  uuid primary key references alert,
    tenant_id uuid not null references tenant,
    -- Its name, the ids of its vendor alerts, and who and what is involved.
    search    text not null
);
insert into alert_text (alert_id, tenant_id, search) select id, tenant_id, search from alert;
alter table alert drop column search;
create index alert_text_search on alert_text using gin (search gin_trgm_ops);

alter table alert_text enable row level security;
create policy within_scope on alert_text to gatehouse_people using (tenant_id = any ((select scope_tenants())::uuid[]));
create policy everything on alert_text to gatehouse_soc using (true);
