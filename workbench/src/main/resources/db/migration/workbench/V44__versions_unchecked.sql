-- Versions and entities are written by the one class that writes their alert or incident, in the same transaction, and none of
-- them is ever deleted. Checking that for each of them was one look a row, and one that PostgreSQL planned when the tables were
-- empty: it read all alerts of the tenant, so that storing a history cost the square of its length.
alter table vendor_alert_version drop constraint alert_version_tenant_id_id_fkey;
alter table vendor_alert_entity drop constraint alert_entity_tenant_id_alert_id_fkey;
alter table vendor_incident_version drop constraint incident_version_tenant_id_id_fkey;
