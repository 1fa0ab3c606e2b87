-- What Microsoft does not want to be asked for now, in a tenant: a row for each pause, none as a rule. Times are the
-- database's own, so that no process's clock matters.
create table request_pause (
    tenant_id  uuid        not null,
    kind       text        not null, -- alerts, incidents, hunting, sign_in
    until      timestamptz not null, -- nothing of the kind is asked for before
    refusals   integer     not null, -- in a row; the pause grows with them
    cause      text        not null, -- what Microsoft said, as a sentence
    code       text,                 -- its code, when there was one
    status     integer,              -- the HTTP status, when there was one
    request_id text,                 -- its name for the request, when there was one
    refused_at timestamptz not null, -- tells editions of the row apart
    primary key (tenant_id, kind)
);
