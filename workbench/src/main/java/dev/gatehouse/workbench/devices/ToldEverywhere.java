package dev.gatehouse.workbench.devices;

import java.util.UUID;

/**
 * A fact about a device that is published in every process on the database, because the one that works on the device may
 * be another than the one that somebody spoke to. Such a fact is a record with the device's id alone; a {@link SharedFact}
 * gives it a name. It may get lost on the way: whoever listens finds out some other way too, if later.
 */
public interface ToldEverywhere {

    /** Which device it is about. */
    UUID deviceId();
}
