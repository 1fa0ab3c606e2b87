package dev.gatehouse.workbench.detections;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule is switched off.
 *
 * @param rule which one
 * @param organization for whose vendor alerts; empty for everybody's
 * @param by who did it
 * @param at when
 * @param reason why, in words
 */
public record RuleSwitch(RuleId rule, Optional<UUID> organization, String by, Instant at, String reason) {}
