-- Addresses are listed, counted and looked for by themselves; they are a small part of all names.
create index entity_name_address on entity_name (name, tenant_id) where kind = 'ip_address';
