package dev.gatehouse.intake.http;

import java.io.IOException;

/** A body is larger than it may be. */
final class TooBig extends IOException {

    private static final long serialVersionUID = 1L;

    TooBig(int most) {
        super("The body has more than %d bytes".formatted(most));
    }
}
