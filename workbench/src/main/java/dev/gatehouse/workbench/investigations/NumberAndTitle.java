package dev.gatehouse.workbench.investigations;

import java.util.UUID;

/**
 * What names an investigation elsewhere.
 *
 * @param id its id
 * @param shortLink e.g. {@code ACME-12}
 * @param title as it is called
 * @param isIncident whether it was promoted
 * @param isOpen whether it has no decision yet
 */
public record NumberAndTitle(UUID id, String shortLink, String title, boolean isIncident, boolean isOpen) {}
