-- Names are looked for in entity_name since there is that table, and vendor alerts of a name by vendor_alert_entity_of_name. Nobody
-- reads this index any more, and a vendor alert has some ten entries in it.
drop index vendor_alert_entity_name;
