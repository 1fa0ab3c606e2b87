package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import java.util.UUID;

/** A feed that was in trouble brought a page again. */
public record FeedRecovered(UUID deviceId, Feed feed) {}
