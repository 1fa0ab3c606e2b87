package dev.gatehouse.workbench.onboard;

import java.time.Instant;

/**
 * The latest that is known about one point of one set-up.
 *
 * @param finding what was found
 * @param at when
 * @param by who asked for it
 */
public record Confirmation(Finding finding, Instant at, String by) {}
