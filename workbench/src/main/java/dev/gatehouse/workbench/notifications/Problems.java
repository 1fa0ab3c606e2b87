package dev.gatehouse.workbench.notifications;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with what somebody typed. */
final class Problems {

    static final int LONGEST_NAME = 100;

    private final List<FieldProblem> found = new ArrayList<>();

    void add(String field, String message) {
        found.add(FieldProblem.error(field, message));
    }

    /** A name, without blanks around it. */
    String name(String typed) {
        var name = typed.strip();
        if (name.isEmpty()) {
            add("name", "The name is empty. Enter what people call it.");
        }
        if (name.length() > LONGEST_NAME) {
            add("name", "This is too long. Use at most %d characters.".formatted(LONGEST_NAME));
        }
        return name;
    }

    boolean isNone() {
        return found.isEmpty();
    }

    /**
     * Refuses if something is wrong.
     *
     * @throws InvalidFields then
     */
    void require() {
        if (!found.isEmpty()) {
            throw new InvalidFields(found);
        }
    }
}
