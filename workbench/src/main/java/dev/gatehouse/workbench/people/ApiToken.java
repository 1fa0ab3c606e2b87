package dev.gatehouse.workbench.people;

import java.util.UUID;

/**
 * What stands behind a request to the API. The token itself is not kept.
 *
 * @param id ours
 * @param name who or what uses it
 * @param role what it may do
 */
public record ApiToken(UUID id, String name, Role role) {}
