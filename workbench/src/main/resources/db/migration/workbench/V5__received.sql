-- The list of devices shows how much each has brought in a day. Most polls bring nothing; these are the others.
create index poll_data on poll (at) include (device_id, new_records, new_versions) where new_records + new_versions > 0;
