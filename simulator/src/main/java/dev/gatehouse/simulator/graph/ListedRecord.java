package dev.gatehouse.simulator.graph;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** A record with what it is ordered by. */
record ListedRecord(Instant time, String id, ObjectNode json) {

    static ListedRecord of(ObjectNode json, String orderedBy) {
        return new ListedRecord(
                Instant.parse(json.path(orderedBy).asString()), json.path("id").asString(), json);
    }
}
