package dev.gatehouse.workbench.people;

import java.util.Optional;
import java.util.UUID;

/**
 * What stands behind a request to the API. The token itself is not kept.
 *
 * @param id ours
 * @param name who or what uses it
 * @param membership what it is, and where
 */
public record ApiToken(UUID id, String name, Membership membership) implements Caller {

    public Role role() {
        return membership.role();
    }

    @Override
    public Optional<UUID> accountId() {
        return Optional.empty();
    }
}
