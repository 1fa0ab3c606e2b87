package dev.gatehouse.setup.parts;

import dev.gatehouse.setup.plan.Removal.Kind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What it takes to undo something.
 *
 * @param kind whether the thing is deleted or restored
 * @param detail which fields are restored; may be empty
 * @param request what Microsoft is asked for
 */
public record Undo(Kind kind, String detail, Request request) {

    /** Asks Microsoft to undo it. */
    public interface Request {
        void send() throws InterruptedException;
    }

    static Optional<Undo> delete(Request request) {
        return Optional.of(new Undo(Kind.DELETE, "", request));
    }

    static Optional<Undo> restore(String detail, Request request) {
        return Optional.of(new Undo(Kind.RESTORE, detail, request));
    }

    /** Restores these fields; empty when there are none. */
    static Optional<Undo> restore(ObjectNode fields, Request request) {
        return fields.isEmpty() ? Optional.empty() : restore(String.join(", ", fields.propertyNames()), request);
    }
}
