-- What a customer may choose beside the guide: a certificate where the tenant forbids client secrets, and the right of the
-- application to replace what it signs in with.

alter table tenant_setup
    add column uses_certificate boolean not null default false,
    add column allows_rotation  boolean not null default false;
