package dev.gatehouse.workbench.people;

import java.util.UUID;

/** No account has that id, or it is not for whoever asked to see. */
public class NoSuchAccount extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchAccount(UUID id) {
        super("There is no account with the id %s.".formatted(id));
    }
}
