package dev.gatehouse.workbench.notifications;

import java.util.Optional;
import java.util.UUID;

/**
 * Whose an integration or a rule is.
 *
 * @param organization empty for the provider's, which concern all organizations
 * @param name as it is called
 */
public record Owner(Optional<UUID> organization, String name) {}
