package dev.gatehouse.workbench.context;

import java.util.UUID;

/** There is no label with that id for whoever asks. */
public class NoSuchLabel extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchLabel(UUID id) {
        super("There is no label with the id " + id);
    }
}
