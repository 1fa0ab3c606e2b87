-- When a feed's checkpoint moved last, by our clock. A feed can be answered without end and get no further.
alter table feed add column checkpoint_moved_at timestamptz;
update feed set checkpoint_moved_at = last_success_at where watermark is not null;
