package dev.gatehouse.simulator.faults;

import java.time.Duration;

/** The {@code Retry-After} field of an answer, in the ways in which servers send it. */
public sealed interface RetryAfter {

    /** The field is missing. */
    record Absent() implements RetryAfter {}

    /** A number of seconds, as Graph does. */
    record Seconds(long seconds) implements RetryAfter {}

    /** A date, so far from now (RFC 9110, section 10.2.3). */
    record Date(Duration fromNow) implements RetryAfter {}

    /** Text that is neither. */
    record Garbled(String text) implements RetryAfter {}
}
