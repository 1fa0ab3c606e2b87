package dev.gatehouse.workbench.people;

import java.util.UUID;

/** No token has that id, or it is not for whoever asked to see. */
public class NoSuchToken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchToken(UUID id) {
        super("There is no token with the id %s.".formatted(id));
    }
}
