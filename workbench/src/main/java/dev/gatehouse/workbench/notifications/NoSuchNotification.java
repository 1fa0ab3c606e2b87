package dev.gatehouse.workbench.notifications;

import java.util.UUID;

/** There is no such rule, integration or delivery, or none that whoever asks may see. */
public class NoSuchNotification extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchNotification(UUID id) {
        super("There is none with the id %s.".formatted(id));
    }
}
