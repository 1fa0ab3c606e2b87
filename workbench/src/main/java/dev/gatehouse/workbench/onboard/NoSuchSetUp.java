package dev.gatehouse.workbench.onboard;

import java.util.UUID;

/** Somebody asked for a set-up that never was, or that was removed. */
public class NoSuchSetUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchSetUp(UUID id) {
        super("There is no set-up with the id %s. It may have been removed.".formatted(id));
    }
}
