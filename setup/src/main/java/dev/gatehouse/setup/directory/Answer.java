package dev.gatehouse.setup.directory;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How a request to Graph can end. */
public sealed interface Answer {

    /**
     * Microsoft answered.
     *
     * @param status the HTTP status
     * @param body the JSON of the body; a missing node when there was none or it was no JSON
     * @param requestId Graph's {@code request-id}, when it sent one
     * @param retryAfter how long Microsoft asked to wait, when it did
     */
    record Came(int status, JsonNode body, Optional<String> requestId, Optional<Duration> retryAfter)
            implements Answer {}

    /**
     * No answer came. What was asked may have happened all the same.
     *
     * @param why what happened to the connection
     */
    record Lost(String why) implements Answer {}
}
