package dev.gatehouse.workbench.replay;

import java.util.UUID;

/** Somebody asked for a replay that never was. */
public class NoSuchReplay extends RuntimeException {

    NoSuchReplay(UUID id) {
        super("There is no replay with the id %s.".formatted(id));
    }
}
