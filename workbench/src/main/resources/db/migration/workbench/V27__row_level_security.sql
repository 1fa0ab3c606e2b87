-- The requests of people who belong to one organization, or look at one, are answered as the role gatehouse_people. It sees
-- the rows of the organization whose id gatehouse.scope is, and none without one. Those of SOC people who look at all are
-- answered as gatehouse_soc, so that their lists pay nothing for the question. Neither role can lift that. What collects
-- works as the owner of these tables, whom the policies do not concern.

do $$
declare
    people text;
    ours text;
begin
    foreach people in array array['gatehouse_people', 'gatehouse_soc'] loop
        execute format('grant usage on schema %I to %I', current_schema(), people);
        for ours in
            select tablename from pg_tables
            where schemaname = current_schema() and tableowner = current_user and tablename <> 'flyway_schema_history'
        loop
            execute format('grant select, insert, update, delete on %I to %I', ours, people);
        end loop;
        for ours in
            select sequencename from pg_sequences where schemaname = current_schema() and sequenceowner = current_user
        loop
            execute format('grant usage on sequence %I to %I', ours, people);
        end loop;
        execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to %I',
                       current_schema(), people);
        execute format('alter default privileges in schema %I grant usage on sequences to %I', current_schema(), people);
    end loop;
end
$$;

-- Asked once for a whole statement, and not for each row, when they stand in a subquery.

create function scope_organization() returns uuid language sql stable parallel safe as $$
    select case when current_setting('gatehouse.scope', true) ~ '^[0-9a-f-]{36}$'
                then current_setting('gatehouse.scope', true)::uuid end
$$;

create function scope_tenants() returns uuid[] language sql stable parallel safe as $$
    select array(select tenant_id from tenant where organization_id = scope_organization())
$$;

create function scope_devices() returns uuid[] language sql stable parallel safe as $$
    select array(select id from security_device where directory_id = any (scope_tenants()))
$$;

create function scope_setups() returns uuid[] language sql stable parallel safe as $$
    select array(select id from tenant_setup where directory_id = any (scope_tenants()))
$$;

do $$
declare
    one record;
begin
    for one in
        select * from (values
            ('organization',            'id = (select scope_organization())'),
            ('account',                 'organization_id = (select scope_organization())'),
            ('api_token',               'organization_id = (select scope_organization())'),
            ('tenant',                  'organization_id = (select scope_organization())'),
            ('security_device',         'directory_id = any ((select scope_tenants())::uuid[])'),
            ('tenant_setup',            'directory_id = any ((select scope_tenants())::uuid[])'),
            ('console_access',          'directory_id = any ((select scope_tenants())::uuid[])'),
            ('vendor_alert',            'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('vendor_alert_version',    'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('vendor_alert_entity',     'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('vendor_incident',         'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('vendor_incident_version', 'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('hunting_row',             'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('unreadable_record',       'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('left_out_vendor_alert',   'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('request_pause',           'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('rotation_journal',        'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('reconciliation',          'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('quarantined_window',      'tenant_id = any ((select scope_tenants())::uuid[])'),
            ('security_device_history', 'device_id = any ((select scope_devices())::uuid[])'),
            ('feed',                    'device_id = any ((select scope_devices())::uuid[])'),
            ('poll_window',             'device_id = any ((select scope_devices())::uuid[])'),
            ('replay',                  'device_id = any ((select scope_devices())::uuid[])'),
            ('hunting_query',           'device_id = any ((select scope_devices())::uuid[])'),
            ('rotation',                'device_id = any ((select scope_devices())::uuid[])'),
            ('lease',                   'device_id = any ((select scope_devices())::uuid[])'),
            ('tenant_setup_point',      'setup_id = any ((select scope_setups())::uuid[])'),
            ('tenant_setup_history',    'setup_id = any ((select scope_setups())::uuid[])')
        ) as policies (name, condition)
    loop
        execute format('alter table %I enable row level security', one.name);
        execute format('create policy within_scope on %I to gatehouse_people using (%s)', one.name, one.condition);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one.name);
    end loop;
end
$$;

-- Lists of one organization; those of all keep the indexes that they have.
create index vendor_alert_tenant_updated on vendor_alert (tenant_id, updated_at desc, id);
-- Lists name the device of each row, a removed one if need be.
create index security_device_of_directory on security_device (directory_id);
