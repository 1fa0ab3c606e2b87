package dev.gatehouse.workbench.devices;

import java.util.UUID;

/**
 * A fact about a device or a tenant that is published in every process on the database, because the one that reads it may
 * be another than the one that somebody spoke to. Such a fact is a record with an id alone; a {@link SharedFact}
 * gives it a name. It may get lost on the way: whoever listens finds out some other way too, if later.
 */
public interface ToldEverywhere {

    /** The id of what it is about: of a device, or of a tenant. */
    UUID about();
}
