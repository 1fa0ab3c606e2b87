package dev.gatehouse.workbench.web.pages.investigations;

import dev.gatehouse.workbench.platform.fields.FieldProblem;
import java.util.List;
import java.util.Map;

/**
 * What somebody typed into one of the forms of a page that was not saved, so that it still stands there.
 *
 * @param form which of them, e.g. {@code finding-} and its id; empty when nothing was typed
 * @param texts by the names of the fields
 * @param problems what is wrong
 */
public record Typing(String form, Map<String, String> texts, List<FieldProblem> problems) {

    static final Typing NOTHING = new Typing("", Map.of(), List.of());

    public Typing {
        texts = Map.copyOf(texts);
        problems = List.copyOf(problems);
    }

    /** Whether this form was not saved. */
    public boolean isIn(String other) {
        return form.equals(other);
    }

    /** What stands in a field: what was typed, or what is saved. */
    public String text(String other, String field, String saved) {
        return isIn(other) ? texts.getOrDefault(field, "") : saved;
    }

    /** What is wrong with a field; empty when nothing is. */
    public String problem(String other, String field) {
        return isIn(other)
                ? problems.stream()
                        .filter(problem -> problem.field().equals(field))
                        .map(FieldProblem::message)
                        .findFirst()
                        .orElse("")
                : "";
    }
}
