package dev.gatehouse.workbench.reconcile;

import dev.gatehouse.model.TenantId;

/** Hours of a tenant were compared, or could not be; published once it is in the database. */
public record HoursCompared(TenantId tenant) {}
