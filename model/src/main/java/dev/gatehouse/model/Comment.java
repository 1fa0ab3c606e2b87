package dev.gatehouse.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A remark that somebody left on an alert or incident in Microsoft's portal.
 *
 * @param text the remark
 * @param author who left it, as displayed; empty when not stated
 * @param at when it was left, when stated
 */
public record Comment(String text, String author, Optional<Instant> at) {}
