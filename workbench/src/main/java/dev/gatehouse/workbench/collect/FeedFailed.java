package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;

/** An attempt to read a feed failed; published once the feed's state says so. */
public record FeedFailed(TenantId tenant, Feed feed, Diagnosis diagnosis) {}
