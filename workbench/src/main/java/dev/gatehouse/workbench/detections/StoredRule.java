package dev.gatehouse.workbench.detections;

import java.util.Optional;
import java.util.UUID;

/**
 * A rule in the database.
 *
 * @param id what it is known by
 * @param organization the customer's; empty when it is the provider's
 * @param yaml its text
 */
record StoredRule(RuleId id, Optional<UUID> organization, String yaml) {}
