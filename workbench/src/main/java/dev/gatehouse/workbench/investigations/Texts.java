package dev.gatehouse.workbench.investigations;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.ArrayList;
import java.util.List;

/** Checks what somebody typed, and says all that is wrong with it at once. */
final class Texts {

    static final int LINE = 500;
    static final int MARKDOWN = 20_000;

    private final List<FieldProblem> problems = new ArrayList<>();

    /** A text that has to be there. */
    Texts required(String field, String title, String text, int longest) {
        if (text.isBlank()) {
            problems.add(FieldProblem.error(field, "%s is empty.".formatted(title)));
        }
        return optional(field, title, text, longest);
    }

    /** A text that may be empty. */
    Texts optional(String field, String title, String text, int longest) {
        if (text.length() > longest) {
            problems.add(FieldProblem.error(
                    field, "%s has %,d characters; %,d are the most.".formatted(title, text.length(), longest)));
        }
        return this;
    }

    /** A word that has to be one of several. */
    Texts choice(String field, String title, String text, List<String> choices) {
        if (!text.isEmpty() && !choices.contains(text)) {
            problems.add(FieldProblem.error(field, "“%s” is none of the choices for %s.".formatted(text, title)));
        }
        return this;
    }

    /** @throws InvalidInvestigationChange when anything is wrong */
    void require() {
        if (!problems.isEmpty()) {
            throw new InvalidInvestigationChange(problems);
        }
    }
}
