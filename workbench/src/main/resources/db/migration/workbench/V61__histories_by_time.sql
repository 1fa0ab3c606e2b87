-- Programs list what was done in the order of its time: without these, all of it was sorted for each page (12 s among two million).
create index alert_history_at on alert_history (at, id);
create index investigation_history_at on investigation_history (subject, at, id);
