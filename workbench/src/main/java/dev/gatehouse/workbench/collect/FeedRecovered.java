package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;

/** A feed that was in trouble brought a page again. */
public record FeedRecovered(TenantId tenant, Feed feed) {}
