package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import java.util.UUID;

/** An attempt to read a feed failed; published once the feed's state says so. */
public record FeedFailed(UUID deviceId, Feed feed, Diagnosis diagnosis) {}
