package dev.gatehouse.workbench.web.pages.alerts;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of an alert's timeline.
 *
 * @param at when
 * @param kind what sort of thing happened, as its mark shows it: {@code vendor}, {@code people}, {@code gatehouse} or {@code
 *     activity}
 * @param label the sort in a word
 * @param text what happened
 * @param address where there is more about it
 */
public record Moment(Instant at, String kind, String label, String text, Optional<String> address) {}
