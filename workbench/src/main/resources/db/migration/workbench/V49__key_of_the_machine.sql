-- The key that the first start leaves in the data directory: whoever may read that owns the installation, and makes further keys
-- by the command line without signing in. It was the first of all.
alter table api_token add column is_of_machine boolean not null default false;
update api_token set is_of_machine = true
where id = (select id from api_token order by created_at, id limit 1)
  and name = 'Command line on this machine' and organization_id is null;
