package dev.gatehouse.workbench.suppressions;

import java.util.UUID;

/** There is no suppression with that id that the reader may see, or may change. */
public class NoSuchSuppression extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchSuppression(UUID id) {
        super("There is no suppression %s here.".formatted(id));
    }
}
