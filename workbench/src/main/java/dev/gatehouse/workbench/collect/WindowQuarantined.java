package dev.gatehouse.workbench.collect;

import dev.gatehouse.model.Feed;
import java.util.UUID;

/** A stretch of time that could not be read was passed over; published once the promise to come back is stored. */
public record WindowQuarantined(UUID deviceId, Feed feed) {}
