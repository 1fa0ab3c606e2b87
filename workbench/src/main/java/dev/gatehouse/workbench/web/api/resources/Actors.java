package dev.gatehouse.workbench.web.api.resources;

import dev.gatehouse.workbench.people.Actor;
import java.util.Optional;
import java.util.UUID;

/** Actors as other types lead to them: people, organizations, programs, and Gatehouse itself. */
public final class Actors {

    /** The type. */
    public static final String TYPE = "actors";

    /** Gatehouse itself, which has no id of its own. */
    public static final UUID GATEHOUSE = new UUID(0, 0);

    private Actors() {}

    /** The id of an actor. */
    public static UUID id(Actor actor) {
        return actor.id().orElse(GATEHOUSE);
    }

    /** The id of an account or an organization to assign something to; empty for nobody. */
    public static Optional<UUID> assignee(Optional<String> relation) {
        return relation.map(UUID::fromString);
    }
}
