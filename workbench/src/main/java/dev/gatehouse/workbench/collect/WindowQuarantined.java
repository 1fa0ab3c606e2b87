package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;

/** A stretch of time that could not be read was passed over; published once the promise to come back is stored. */
public record WindowQuarantined(TenantId tenant, Feed feed) {}
