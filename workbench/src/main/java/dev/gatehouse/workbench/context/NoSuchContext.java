package dev.gatehouse.workbench.context;

import java.util.UUID;

/** There is no label or note with that id for whoever asks. */
public class NoSuchContext extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchContext(UUID id) {
        super("There is no label or note with the id " + id);
    }
}
