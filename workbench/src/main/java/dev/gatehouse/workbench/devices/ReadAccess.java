package dev.gatehouse.workbench.devices;

import dev.gatehouse.model.Connection;
import dev.gatehouse.model.DeviceKind;
import dev.gatehouse.model.Diagnosis;
import dev.gatehouse.model.Feed;
import dev.gatehouse.model.TenantId;
import java.util.Set;

/** How a tenant that has an enabled device can be read at the moment. */
public sealed interface ReadAccess {

    /**
     * It can, as this application.
     *
     * @param connection of the device that {@linkplain Reader reads} for all
     * @param kinds the kinds of all enabled devices of the tenant, which decide what is read and kept
     */
    record Usable(Connection connection, Set<DeviceKind> kinds) implements ReadAccess {

        public Usable {
            kinds = Set.copyOf(kinds);
        }

        /** Which tenant. */
        public TenantId tenant() {
            return connection.tenant();
        }

        /** Whether any of the devices needs a feed. */
        public boolean needs(Feed feed) {
            return kinds.stream().anyMatch(kind -> kind.feeds().contains(feed));
        }
    }

    /**
     * Not with what we have.
     *
     * @param diagnosis why, and what to do
     */
    record Unusable(Diagnosis diagnosis) implements ReadAccess {}
}
