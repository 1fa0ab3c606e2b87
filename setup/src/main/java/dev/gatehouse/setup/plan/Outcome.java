package dev.gatehouse.setup.plan;

import dev.gatehouse.setup.profile.EntraRole;
import java.util.Set;

/** How making one part so can end. */
public sealed interface Outcome {

    /** Which part. */
    Part part();

    /** A sentence for people. */
    String sentence();

    /** Whether the part is now as it should be. */
    default boolean isGood() {
        return switch (this) {
            case Kept _, Made _, Undone _ -> true;
            case Blocked _, Waiting _, Refused _ -> false;
        };
    }

    /** It was as it should be. */
    record Kept(Part part) implements Outcome {
        @Override
        public String sentence() {
            return "unchanged";
        }
    }

    /** It was made so. */
    record Made(Part part, Action action, String what) implements Outcome {
        @Override
        public String sentence() {
            return (action == Action.CREATE ? "created " : "changed ") + what;
        }
    }

    /** It was taken away, or became what it was. */
    record Undone(Part part, Removal.Kind kind, String what) implements Outcome {
        @Override
        public String sentence() {
            return (kind == Removal.Kind.RESTORE ? "put back " : "removed ") + what;
        }
    }

    /** The administrator may not; one of these roles could. */
    record Blocked(Part part, Set<EntraRole> roles) implements Outcome {
        @Override
        public String sentence() {
            return "left for a colleague who is " + EntraRole.anyOf(roles);
        }
    }

    /** Another part has to be there first. */
    record Waiting(Part part, Part on) implements Outcome {
        @Override
        public String sentence() {
            return "has to wait for: " + on.title();
        }
    }

    /** Microsoft did not do it. */
    record Refused(Part part, String reason) implements Outcome {
        @Override
        public String sentence() {
            return reason;
        }
    }
}
