package dev.gatehouse.setup.directory;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Carries requests to the Graph of one tenant, as somebody who may make them. */
public interface GraphCalls {

    /**
     * Sends one request and reads the whole answer. It is not repeated: whether that is safe, only the caller knows.
     *
     * @param method {@code GET}, {@code POST}, {@code PATCH} or {@code DELETE}
     * @param target the path and query below Graph's version, or an absolute address that Graph itself gave
     * @param body what to send, when something is sent
     * @throws InterruptedException when the calling thread was asked to stop
     */
    Answer call(String method, String target, Optional<JsonNode> body) throws InterruptedException;

    /**
     * The whole address of something, as Graph wants it in references.
     *
     * @param path below Graph's version
     */
    String address(String path);
}
