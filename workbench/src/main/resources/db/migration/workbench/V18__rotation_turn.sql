-- Who works on a replacement. Each time somebody begins one or takes one up it gets another number, and whoever has an
-- earlier number can write nothing more. From a sequence, so that a number does not come back with a row that was deleted.
create sequence rotation_turn;
alter table rotation add column turn bigint not null default nextval('rotation_turn');
alter sequence rotation_turn owned by rotation.turn;
