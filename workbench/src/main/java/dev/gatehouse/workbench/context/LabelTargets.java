package dev.gatehouse.workbench.context;

import dev.gatehouse.workbench.context.LabelAction.Target;
import java.util.Optional;
import java.util.UUID;

/** Looks up the investigations that labels can add alerts to, by whoever owns them. */
@FunctionalInterface
public interface LabelTargets {

    /**
     * An investigation of an organization; empty when there is none.
     *
     * @param named its number, e.g. {@code ACME-12}, or its id
     */
    Optional<Target> find(UUID organization, String named);
}
