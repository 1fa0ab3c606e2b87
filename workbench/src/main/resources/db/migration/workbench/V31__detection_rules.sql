-- Detection rules that people typed, which rules are switched off, and what was done to them. Rules that come with the program
-- and those in files of the data directory are not here. organization_id is null for what concerns everybody.

create table detection_rule (
    id              text primary key,
    organization_id uuid references organization on delete cascade,
    yaml            text not null
);
create index detection_rule_organization on detection_rule (organization_id);

create table detection_rule_switch (
    -- Of any rule, also one that is in no table.
    rule_id         text not null,
    organization_id uuid references organization on delete cascade,
    actor           text not null,
    at              timestamptz not null,
    reason          text not null,
    unique nulls not distinct (rule_id, organization_id)
);
create index detection_rule_switch_organization on detection_rule_switch (organization_id);

-- Its greatest id is the revision by which processes notice that rules have changed.
create table detection_rule_history (
    id              bigint generated always as identity primary key,
    rule_id         text not null,
    organization_id uuid references organization on delete cascade,
    action          text not null,
    detail          text not null,
    -- What the rule says from then on; empty when that did not change.
    yaml            text not null,
    actor           text not null,
    at              timestamptz not null
);
create index detection_rule_history_rule on detection_rule_history (rule_id, id desc);
create index detection_rule_history_organization on detection_rule_history (organization_id);

do $$
declare
    one text;
begin
    foreach one in array array['detection_rule', 'detection_rule_switch', 'detection_rule_history'] loop
        execute format('alter table %I enable row level security', one);
        execute format('create policy within_scope on %I to gatehouse_people using (organization_id = (select scope_organization()))',
                       one);
        -- What concerns everybody, everybody may read, and nobody who belongs to one organization may change.
        execute format('create policy of_everybody on %I for select to gatehouse_people using (organization_id is null'
                       ' and (select scope_organization()) is not null)', one);
        execute format('create policy everything on %I to gatehouse_soc using (true)', one);
    end loop;
end
$$;
