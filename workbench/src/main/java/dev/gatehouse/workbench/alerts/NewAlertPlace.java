package dev.gatehouse.workbench.alerts;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where new alerts can be put by themselves, by whoever owns it. */
public interface NewAlertPlace {

    /**
     * How many alerts can still be put into one.
     *
     * @param free none where it takes no more
     * @param otherwise why it takes no more, e.g. {@code is closed}
     */
    record Room(int free, String otherwise) {}

    /**
     * Keeps everybody else from changing investigations of an organization until the transaction ends. Called inside the
     * transaction that makes alerts, before that touches any. One statement.
     *
     * @return what room each has; those that are not there are left out
     */
    Map<UUID, Room> hold(UUID organization, Collection<UUID> investigations);

    /** Puts alerts, which have been written, into an investigation that is held and has room for them; inside that transaction. */
    void put(UUID organization, UUID investigation, List<UUID> alerts);

    /** The transaction has ended well: others may look at them. */
    void done(Collection<UUID> investigations);
}
