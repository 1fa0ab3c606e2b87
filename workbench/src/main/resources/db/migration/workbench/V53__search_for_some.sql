-- Where a text is found in vendor alerts, and no more than so many of them, so that a text that is everywhere costs no more than one
-- that is rare. Each of the two parts gives at most as many; who gets that many knows that there may be more.
create function vendor_alerts_like(pattern text, exactly text, most integer)
    returns table (tenant_id uuid, id text) language plpgsql stable security definer rows 1000 as $$
begin
    return query
    (select e.tenant_id, e.alert_id
     from entity_name n
     join vendor_alert_entity e on e.tenant_id = n.tenant_id and e.kind = n.kind and e.name = n.name
     where lower(n.name) like lower(pattern)
       and (scope_is_all() or n.tenant_id = any ((select scope_tenants())::uuid[]))
     limit most)
    union
    (select a.tenant_id, a.id from vendor_alert a
     where (a.title ilike pattern or a.id = exactly
            -- Its beginning is what the index has, the whole is what is meant.
            or lower(left(a.detector_id, 200)) = lower(left(exactly, 200)) and lower(a.detector_id) = lower(exactly))
       and (scope_is_all() or a.tenant_id = any ((select scope_tenants())::uuid[]))
     limit most);
end
$$;

do $$
begin
    -- The path is that of whoever made the function, whatever path a caller has.
    execute format('alter function vendor_alerts_like(text, text, integer) set search_path = %I, public', current_schema());
end
$$;
