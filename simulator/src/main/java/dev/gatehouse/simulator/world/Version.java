package dev.gatehouse.simulator.world;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * One state of an alert or an incident that was shown, if only until the next change of the same instant: the truth to
 * hold a store against.
 *
 * @param id of the alert or incident
 * @param lastUpdateDateTime as the record says; unique among the versions of one record
 * @param shownAt since when it could be read; later than {@code lastUpdateDateTime}, at times by minutes
 * @param json the record; not to be changed
 */
public record Version(Kind kind, String id, Instant lastUpdateDateTime, Instant shownAt, ObjectNode json) {

    /** What the record is. */
    public enum Kind {
        ALERT,
        INCIDENT
    }
}
