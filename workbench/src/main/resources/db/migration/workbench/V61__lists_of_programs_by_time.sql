-- Programs list everything in the order of its time, unless they say otherwise. Without these, all of it was sorted for each page: 12 s
-- among two million entries of histories of alerts.
create index alert_history_at on alert_history (at, id);
create index investigation_history_at on investigation_history (subject, at, id);
create index investigation_finding_created on investigation_finding (created_at, id);
create index investigation_comment_created on investigation_comment (created_at, id);
create index timeline_entry_created on timeline_entry (created_at, id);
create index investigative_action_created on investigative_action (created_at, id);
create index remediation_action_created on remediation_action (created_at, id);
